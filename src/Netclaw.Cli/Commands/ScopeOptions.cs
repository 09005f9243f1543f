using System.CommandLine;
using System.CommandLine.Parsing;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Commands;

/// <summary><c>--role</c> and <c>--scopes</c>, with or without the <c>operator.</c> prefix, separated by commas.</summary>
internal static class ScopeOptions
{
    public static Option<Role> Role(string description) => new("--role")
    {
        Description = description, HelpName = "role", DefaultValueFactory = _ => Protocol.Role.Operator, CustomParser = ParseRole,
    };

    public static Option<ScopeSet?> Scopes(string description) => Named("--scopes", description);

    public static Option<ScopeSet?> Named(string name, string description) => new(name)
    {
        Description = description, HelpName = "scopes", CustomParser = ParseScopes,
    };

    private static Role ParseRole(ArgumentResult result)
    {
        switch (result.Tokens.Count == 1 ? result.Tokens[0].Value : "")
        {
            case "operator":
                return Protocol.Role.Operator;
            case "node":
                return Protocol.Role.Node;
            case var other:
                result.AddError($"--role '{other}' is neither operator nor node.");
                return default;
        }
    }

    private static ScopeSet? ParseScopes(ArgumentResult result)
    {
        var names = result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        var scopes = ScopeSet.Parse(names, out var unknown);
        foreach (var stranger in unknown)
        {
            var nearest = NearestName.To(stranger, ShortNames);
            result.AddError($"There is no scope '{stranger}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")} Scopes: {string.Join(", ", ShortNames)}.");
        }

        if (names.Length == 0)
        {
            result.AddError($"{(result.Parent as OptionResult)?.Option.Name ?? "--scopes"} names none. Scopes: {string.Join(", ", ShortNames)}.");
        }

        return scopes;
    }

    private static IEnumerable<string> ShortNames => ScopeSet.All.ToNames().Select(name => name["operator.".Length..]);
}
