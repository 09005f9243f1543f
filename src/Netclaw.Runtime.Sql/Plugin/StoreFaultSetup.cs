using Akka.Actor;
using Akka.Actor.Setup;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Sql.Plugin;

/// <summary>Gives the SQL plugins of an actor system the faults of a test.</summary>
internal sealed class StoreFaultSetup(IStoreFaults faults) : Setup
{
    public static IStoreFaults? Of(ActorSystem system)
    {
        var setup = system.Settings.Setup.Get<StoreFaultSetup>();
        return setup.HasValue ? setup.Value.Faults : null;
    }

    private IStoreFaults Faults => faults;
}
