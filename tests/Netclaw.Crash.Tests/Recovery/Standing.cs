using System.Text;
using Netclaw.Actors.Devices;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>A home that nobody serves, read: its epoch and its devices as they are stored.</summary>
internal sealed record Standing(long Epoch, RegistrySnapshot Registry)
{
    public static Standing Of(NetclawHome home)
    {
        var problems = new StartProblems();
        using var keys = new KeyringLoader(home, problems, readOnly: true).Open("crash");
        Assert.True(keys is not null, string.Join(" ", problems.Found.Select(problem => problem.Message)));
        Assert.Null(new JournalAuditor(home, null, keys.Journal, keys.Mark).FirstBad());
        var registry = RegistryReader.Read(home, null, keys.Journal, SteadyTime.Instance.GetUtcNow());
        Assert.Equal(keys.Mark.Epoch, registry.Epoch);
        return new Standing(keys.Mark.Epoch, registry);
    }

    /// <summary>Byte by byte what is stored of each, by its id.</summary>
    public SortedDictionary<string, string> Devices => new(Registry.Devices.Values.ToDictionary(device => device.Id.ToString(), Text), StringComparer.Ordinal);

    /// <summary>In an event that holds nothing else but a time.</summary>
    public static string Text(Device device) =>
        Encoding.UTF8.GetString(new RegistryCodec().EncodeEvent(new RegistryEvent.TombstonesKept(SteadyTime.Instance.GetUtcNow(), [device])).Bytes);
}
