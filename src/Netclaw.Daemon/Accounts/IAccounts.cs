namespace Netclaw.Daemon.Accounts;

/// <summary>The users and groups of this machine.</summary>
public interface IAccounts
{
    /// <summary>Null when nobody is called so.</summary>
    uint? FindUser(string name);

    /// <summary>Null when there is no such user.</summary>
    Account? Find(uint user);

    /// <summary>Null when no group is called so.</summary>
    uint? FindGroup(string name);

    /// <summary>Names to suggest for a mistyped one; a directory's users need not be among them.</summary>
    IReadOnlyCollection<string> UserNames { get; }

    /// <summary>As <see cref="UserNames"/>.</summary>
    IReadOnlyCollection<string> GroupNames { get; }
}

/// <summary>A user of this machine.</summary>
/// <param name="Group">The one it belongs to first of all.</param>
/// <param name="Home">As the machine has it; it need not be there.</param>
public sealed record Account(uint Id, uint Group, string Name, string Home);
