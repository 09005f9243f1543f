using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Nodes;

public sealed class SurfaceLookTests
{
    private static readonly ApprovedSurface Approved = new(["system"], ["system.run", "system.which"], Start, "control:uid=1000");

    private static readonly SurfaceRequest Asked = new()
    {
        Id = RequestId("000000000001"), Node = Id(1), Caps = ["system"], Commands = ["system.run"], Again = false, ClientAddress = "", FirstAt = Start, LastAt = Start,
    };

    [Fact]
    public void Sorts_AndFilters_WhatIsDeclared()
    {
        var look = SurfaceLook.At(Id(1), new NodeSurface(["system", "browser", "system"], ["system.which", "made.up", "system.run", "system.run"]), CommandPolicy.Default);

        Assert.Equal<string>(["browser", "system"], look.Caps);
        Assert.Equal<string>(["system.run", "system.which"], look.Commands);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HasNoNews_ForNothing_OrWhatIsApproved_UnlessSomethingStillWaits(bool arrived)
    {
        Assert.False(Look().IsNews(Registry(null, null), Start, arrived));
        Assert.False(Look("system.which").IsNews(Registry(Approved, null), Start, arrived));
        Assert.True(Look("system.which").IsNews(Registry(Approved, Asked), Start, arrived), "what it asked for is withdrawn");
    }

    [Fact]
    public void HasNews_WhenItArrives_WithMoreThanItMay()
    {
        Assert.True(Look("system.run").IsNews(Registry(null, null), Start, arrived: true));
        Assert.True(Look("system.run").IsNews(Registry(null, Asked), Start, arrived: true), "the same again is a try");
        Assert.True(Look("device.info").IsNews(Registry(Approved, null), Start, arrived: true));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(179, false)]
    [InlineData(180, true)]
    [InlineData(400, true)]
    public void KeepsARequestFromRunningOut_WhileTheNodeIsThere(int seconds, bool news) =>
        Assert.Equal(news, Look("system.run").IsNews(Registry(null, Asked), Start.AddSeconds(seconds), arrived: false));

    [Fact]
    public void MakesUp_ForWhatWasLost() => Assert.True(Look("system.run").IsNews(Registry(null, null), Start, arrived: false));

    private static SurfaceLook Look(params ImmutableArray<string> commands) => new(Id(1), commands.IsEmpty ? [] : ["system"], commands);

    private static RegistrySnapshot Registry(ApprovedSurface? approved, SurfaceRequest? asked) => RegistrySnapshot.Empty with
    {
        Surfaces = approved is null ? RegistrySnapshot.Empty.Surfaces : RegistrySnapshot.Empty.Surfaces.Add(Id(1), approved),
        SurfaceRequests = asked is null ? RegistrySnapshot.Empty.SurfaceRequests : RegistrySnapshot.Empty.SurfaceRequests.Add(asked.Id, asked),
    };
}
