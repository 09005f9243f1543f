using Netclaw.Daemon.Accounts;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Tunnels;

namespace Netclaw.Daemon.Tests.Configuration;

/// <summary>A machine with a few users and programs.</summary>
internal sealed class FixedMachine : IAccounts, IRunningPrograms
{
    public Dictionary<string, uint> Users { get; } = new() { ["root"] = 0, ["ann"] = 1000 };

    public Dictionary<string, uint> Groups { get; } = new() { ["root"] = 0, ["agents"] = 2000 };

    public HashSet<string> Programs { get; } = [];

    public MachineFacts Facts => new(this, this);

    IReadOnlyCollection<string> IAccounts.UserNames => Users.Keys;

    IReadOnlyCollection<string> IAccounts.GroupNames => Groups.Keys;

    uint? IAccounts.FindUser(string name) => Users.TryGetValue(name, out var id) ? id : null;

    uint? IAccounts.FindGroup(string name) => Groups.TryGetValue(name, out var id) ? id : null;

    Account? IAccounts.Find(uint user) =>
        Users.FirstOrDefault(known => known.Value == user) is { Key: { } name } ? new Account(user, user, name, $"/home/{name}") : null;

    bool? IRunningPrograms.Runs(string program) => Programs.Contains(program);
}
