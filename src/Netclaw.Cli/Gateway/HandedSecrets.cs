using System.Text;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>
/// Secrets that this program was handed, and where they may be shown. A spawn credential goes to the address that came with it, on this machine, and nowhere
/// else. The shared secret goes to a gateway that has proven its key, over loopback or https, or when this home has pinned that key. No connection is ever
/// redirected, so neither is a secret.
/// </summary>
internal static class HandedSecrets
{
    public const string SpawnVariable = "NETCLAW_TOKEN";
    public const string TokenVariable = "NETCLAW_GATEWAY_TOKEN";
    public const string PasswordVariable = "NETCLAW_GATEWAY_PASSWORD";

    /// <summary>This process was started by a daemon: null unless it was given a credential and the address to use it at.</summary>
    /// <exception cref="GatewayException">secret_not_sent: the address is not on this machine.</exception>
    public static GatewayCredential? OfRun(EndpointCandidate candidate, CommandContext context)
    {
        if (context.Host.Environment(SpawnVariable) is not { Length: > 0 } token
            || candidate is not (EndpointCandidate.Named or EndpointCandidate.NamedSocket) || !CameWithIt(candidate, context))
        {
            return null;
        }

        return candidate is EndpointCandidate.NamedSocket || SecretPlace.IsThisMachine(new Uri(candidate.Address))
            ? new GatewayCredential("the credential of this run", null, Role.Operator) { Auth = new ConnectAuth { SpawnToken = new Secret(token) } }
            : throw NotSent(candidate.Address, $"{SpawnVariable} is good on the daemon's own machine only");
    }

    /// <summary>The address is the variable's, or was typed and is the same to the letter.</summary>
    private static bool CameWithIt(EndpointCandidate candidate, CommandContext context) =>
        candidate is EndpointCandidate.Named { Source: EndpointSurvey.UrlVariable } or EndpointCandidate.NamedSocket { Source: EndpointSurvey.UrlVariable }
        || (context.Options.Url is { } typed && typed == context.Host.Environment(EndpointSurvey.UrlVariable));

    /// <summary>The shared secret that the person named on the command line.</summary>
    /// <exception cref="GatewayException">secret_not_sent.</exception>
    /// <exception cref="CommandFailure">The file cannot be used.</exception>
    public static GatewayCredential? Asked(EndpointCandidate candidate, GatewayConnection gateway, EndpointFacts facts, CommandContext context)
    {
        var (token, password) = (context.Options.TokenPath, context.Options.PasswordPath);
        if (token is null && password is null)
        {
            return null;
        }

        if (candidate is EndpointCandidate.Control or EndpointCandidate.NamedSocket)
        {
            context.Screen.Trace("the kernel names us here; the shared secret is not shown");
            return null;
        }

        CheckPlace(candidate, gateway, facts);
        return new GatewayCredential("the shared secret", null, Role.Operator)
        {
            Auth = new ConnectAuth { Token = token is null ? null : Read(token), Password = password is null ? null : Read(password) },
        };
    }

    /// <summary>The shared secret of the environment, where this home has no key for the gateway.</summary>
    /// <exception cref="GatewayException">secret_not_sent.</exception>
    public static GatewayCredential? OfEnvironment(EndpointCandidate.Named named, GatewayConnection gateway, EndpointFacts facts, CommandContext context)
    {
        var (token, password) = (Variable(context, TokenVariable), Variable(context, PasswordVariable));
        if (token is null && password is null)
        {
            return null;
        }

        CheckPlace(named, gateway, facts);
        return new GatewayCredential("the shared secret of the environment", null, Role.Operator) { Auth = new ConnectAuth { Token = token, Password = password } };
    }

    /// <summary>One line of a file that nobody else can read.</summary>
    /// <exception cref="CommandFailure">The file cannot be used.</exception>
    public static Secret Read(string path) => PrivateFile.Read(Path.GetFullPath(path)) switch
    {
        PrivateFileResult.Loaded loaded when Encoding.UTF8.GetString(loaded.Bytes).TrimEnd('\r', '\n') is { Length: > 0 } text => new Secret(text),
        PrivateFileResult.Loaded => throw Unusable($"{path} is empty"),
        PrivateFileResult.Problem problem => throw Unusable(problem.Seen),
        _ => throw Unusable($"{path} is not there"),
    };

    private static void CheckPlace(EndpointCandidate candidate, GatewayConnection gateway, EndpointFacts facts)
    {
        if (!SecretPlace.IsPrivate(new Uri(candidate.Address)) && !IsPinned(gateway, facts))
        {
            throw NotSent(candidate.Address, "the address is neither this machine nor https, and this home has not pinned the gateway's key");
        }
    }

    private static bool IsPinned(GatewayConnection gateway, EndpointFacts facts) =>
        facts.Host.Value?.GatewayId == gateway.GatewayId
        || facts.Profiles.Value.Book?.Profiles.Any(profile => profile.GatewayKey.Equals(gateway.GatewayKey)) == true;

    private static Secret? Variable(CommandContext context, string name) => context.Host.Environment(name) is { Length: > 0 } text ? new Secret(text) : null;

    private static GatewayException NotSent(string address, string why) =>
        new(RefusalTable.Error(RefusalCode.SecretNotSent, $"Tried {address}: {why}. No secret was sent to it."));

    private static CommandFailure Unusable(string seen) => new(RefusalCode.KeyUnreadable, seen + ".", "chmod 600 <path>");
}
