namespace Netclaw.Daemon.Accounts;

/// <summary>The users and groups of this machine.</summary>
public interface IAccounts
{
    /// <summary>Null when nobody is called so.</summary>
    uint? FindUser(string name);

    /// <summary>The group that a user belongs to first of all; null when there is no such user.</summary>
    uint? FindPrimaryGroup(uint user);

    /// <summary>Null when no group is called so.</summary>
    uint? FindGroup(string name);

    /// <summary>Names to suggest for a mistyped one; a directory's users need not be among them.</summary>
    IReadOnlyCollection<string> UserNames { get; }

    /// <summary>As <see cref="UserNames"/>.</summary>
    IReadOnlyCollection<string> GroupNames { get; }
}
