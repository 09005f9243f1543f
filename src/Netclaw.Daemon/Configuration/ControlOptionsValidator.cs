using System.Collections.Immutable;
using Netclaw.Daemon.Accounts;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <param name="accounts">Who there is on this machine.</param>
public sealed class ControlOptionsValidator(IAccounts accounts) : ConfigValidator<ControlOptions>
{
    public override IEnumerable<ConfigProblem> Check(ControlOptions options) =>
    [
        .. Unknown("control.allowUsers", "user", options.AllowUsers, accounts.UserOf, accounts.UserNames),
        .. Unknown("control.allowGroups", "group", options.AllowGroups, accounts.GroupOf, accounts.GroupNames),
    ];

    private static IEnumerable<ConfigProblem> Unknown(
        string key, string kind, ImmutableArray<string> texts, Func<string, uint?> find, IReadOnlyCollection<string> names)
    {
        foreach (var text in texts)
        {
            switch (find(text))
            {
                case null:
                    yield return new ConfigProblem(key, text, $"This machine knows no {kind} of this name.",
                        NearestKey.To(text, names) is { } nearest ? $"Did you mean \"{nearest}\"?" : $"Write the name of a {kind} of this machine, or its number.");
                    break;
                case UserId.Overflow:
                    yield return new ConfigProblem(key, text, $"{UserId.Overflow} is what the kernel reports for anybody it cannot name.", $"Write a {kind} of its own.");
                    break;
            }
        }
    }
}
