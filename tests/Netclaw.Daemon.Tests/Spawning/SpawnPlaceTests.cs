using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Daemon.Accounts;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Spawning;

namespace Netclaw.Daemon.Tests.Spawning;

/// <summary>Where programs may begin: real directories and real links.</summary>
public sealed class SpawnPlaceTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly string _root;
    private readonly string _other;

    public SpawnPlaceTests()
    {
        _root = Directory.CreateDirectory(Path.Combine(_temporary.Parent, "work")).FullName;
        _other = Directory.CreateDirectory(Path.Combine(_temporary.Parent, "work-of-others")).FullName;
        Directory.CreateDirectory(Path.Combine(_root, "below"));
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void IsTheFirstRoot_WhereNothingIsAsked() => Assert.Equal((_root, null), For(null));

    [Theory]
    [InlineData("")]
    [InlineData("/below")]
    [InlineData("/below/..")]
    [InlineData("/./below/../below")]
    public void IsWithinARoot(string below) => Assert.Equal(Path.GetFullPath(_root + below), For(_root + below).Directory);

    [Theory]
    [InlineData("/..")]
    [InlineData("/below/../..")]
    [InlineData("-of-others")]
    [InlineData("/../work-of-others")]
    public void IsNowhereElse(string elsewhere)
    {
        var (directory, problem) = For(_root + elsewhere);

        Assert.Null(directory);
        Assert.EndsWith($"is outside of {_root} (spawn.roots)", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ALinkThatLeadsOut_IsFollowed_AndRefused()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "out"), _other);
        Directory.CreateSymbolicLink(Path.Combine(_root, "in"), Path.Combine(_root, "below"));

        Assert.EndsWith("(spawn.roots)", For(Path.Combine(_root, "out")).Problem, StringComparison.Ordinal);
        Assert.EndsWith("(spawn.roots)", For(Path.Combine(_root, "in", "..", "out")).Problem, StringComparison.Ordinal);
        Assert.Equal((Path.Combine(_root, "below"), null), For(Path.Combine(_root, "in")));
    }

    [Fact]
    public void ALinkThatMoved_IsLookedAtAgain()
    {
        var link = Path.Combine(_root, "moves");
        Directory.CreateSymbolicLink(link, Path.Combine(_root, "below"));
        Assert.Null(For(link).Problem);

        Directory.Delete(link);
        Directory.CreateSymbolicLink(link, _other);

        Assert.EndsWith("(spawn.roots)", For(link).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/not-there")]
    [InlineData("/file")]
    public void WhatIsNoDirectory_IsNone(string path)
    {
        File.WriteAllText(Path.Combine(_root, "file"), "");

        var (directory, problem) = For(_root + path);

        Assert.Null(directory);
        Assert.StartsWith(_root + path + ": ", problem, StringComparison.Ordinal);
    }

    private (string? Directory, string? Problem) For(string? asked) =>
        new SpawnPlace(_temporary.Home, new BoundAddresses(new EvidenceRules { Trust = TrustOptionsFactory.Create(new NetclawOptions(), 1000, new SystemAccounts()) }), new SpawnLimits { Roots = [_root] }).For(asked);
}
