using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>control</c>: other users of this machine, on a socket of their own. The daemon's own user and root need nothing of it.</summary>
public sealed class ControlOptions
{
    /// <summary>Users, by name or number. Default none. The kernel says who connects.</summary>
    public ImmutableArray<string> AllowUsers { get; init; } = [];

    /// <summary>Groups, by name or number. Default none. Whoever is added to one of them comes in.</summary>
    public ImmutableArray<string> AllowGroups { get; init; } = [];

    /// <summary>What these users may do. Default read and write; admin only where it is named.</summary>
    public ScopeSet Scopes { get; init; } = ScopeSet.ReadWrite;

    /// <summary>Whether there is a second socket at all.</summary>
    public bool IsShared => !AllowUsers.IsEmpty || !AllowGroups.IsEmpty;

    internal static ControlOptions Read(ConfigSection section)
    {
        var options = new ControlOptions
        {
            AllowUsers = section.Read("allowUsers", [], Forms.Accounts, "Other users of this machine that a second socket serves, by name or number."),
            AllowGroups = section.Read("allowGroups", [], Forms.Accounts, "Groups of this machine whose members it serves, by name or number."),
            Scopes = section.Read("scopes", ScopeSet.ReadWrite, Forms.Scopes, "What these users may do."),
        };
        section.RejectUnknown();
        return options;
    }
}
