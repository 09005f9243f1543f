using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Bootstrap;

public sealed class BootstrapRulesTests
{
    private readonly TestRegistry _registry = new();

    [Fact]
    public void Enrols_TheHost_Once()
    {
        Enrol(9);

        Assert.Equal(BootstrapPhase.Seeded, _registry.State.Bootstrap);
        Assert.Equal(Id(9), _registry.State.Host);
        Assert.Equal(DeviceKind.Host, _registry.State.Devices[Id(9)].Kind);
        Assert.Equal(ScopeSet.All, _registry.State.Devices[Id(9)].Scopes);

        Enrol(9);
        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void Refuses_AnotherHostKey_NamingBoth()
    {
        Enrol(9);

        _registry.Refuses(RefusalCode.KeyUnreadable, (id, now) => new RegistryCommand.EnrolHost(id, now, Key(8), "host"));
        var seen = ((RegistryReply.Refused)_registry.Last.Reply).Seen;
        Assert.Contains(Id(8).Short, seen, StringComparison.Ordinal);
        Assert.Contains(Id(9).Short, seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_ThePlaceOfAHostThatIsGone_ToARepair()
    {
        Enrol(9);
        var without = _registry.State.Apply(new RegistryEvent.DeviceRevoked(_registry.Now, Id(9), "test"));

        var decision = DeviceDecider.Decide(new RegistryCommand.EnrolHost(1, _registry.Now, Key(8), "host"), without);

        Assert.Equal(RefusalCode.KeyUnreadable, Assert.IsType<RegistryReply.Refused>(decision.Reply).Code);
        Assert.Empty(decision.Events);
    }

    [Fact]
    public void Refuses_AHostKey_ThatIsAPairedDevice()
    {
        _registry.Pair(1);

        _registry.Refuses(RefusalCode.KeyUnreadable, (id, now) => new RegistryCommand.EnrolHost(id, now, Key(1), "host"));
    }

    [Fact]
    public void Moves_OnlyForward()
    {
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.CompleteBootstrap(id, now));
        Enrol(9);
        Complete();
        Assert.Equal(BootstrapPhase.Completed, _registry.State.Bootstrap);

        Complete();
        Assert.Empty(_registry.Last.Events);
        Assert.Throws<RegistryEventException>(() => _registry.State.Apply(new RegistryEvent.BootstrapAdvanced(Start, BootstrapPhase.Seeded)));
    }

    private void Enrol(int key) => _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.EnrolHost(id, now, Key(key), "host"));

    private void Complete() => _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.CompleteBootstrap(id, now));
}
