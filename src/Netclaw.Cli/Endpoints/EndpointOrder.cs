using Netclaw.Cli.Failures;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Endpoints;

/// <summary>One step of the order: something to try, or what did not come into question.</summary>
public abstract record EndpointStep
{
    private EndpointStep()
    {
    }

    public sealed record Try(EndpointCandidate Candidate) : EndpointStep;

    public sealed record PassedOver(Attempt Attempt) : EndpointStep;
}

/// <summary>
/// The order of trust.md section 3: what was named → the control socket of this home → this home's daemon by TCP with the host
/// credential → the default profile. There is no address that is tried blindly. Each step looks at its own facts only when it is
/// reached: the local operator waits for no other file, and a damaged one is not in the way.
/// </summary>
public static class EndpointOrder
{
    private const string SocketScheme = "unix:";

    /// <exception cref="CommandFailure">The named url or profile cannot be used.</exception>
    public static IEnumerable<EndpointStep> Of(EndpointFacts facts)
    {
        if (facts.UrlOption is { } option)
        {
            return [new EndpointStep.Try(Named(option, "--url", facts))];
        }

        if (facts.ProfileOption is { } name)
        {
            return [new EndpointStep.Try(new EndpointCandidate.Paired(ProfileNamed(name, facts), "--profile"))];
        }

        return facts.UrlVariable is { Length: > 0 } variable ? [new EndpointStep.Try(Named(variable, "NETCLAW_URL", facts))] : Searched(facts);
    }

    private static IEnumerable<EndpointStep> Searched(EndpointFacts facts)
    {
        if (facts.ControlSocketExists)
        {
            yield return new EndpointStep.Try(new EndpointCandidate.Control(facts.ControlSocket));
        }
        else
        {
            yield return Passed("control socket " + facts.ControlSocket, "not there");
        }

        if (facts.Host.Value is { } host)
        {
            foreach (var url in host.Urls)
            {
                yield return new EndpointStep.Try(new EndpointCandidate.Host(url, host.GatewayId));
            }
        }
        else
        {
            yield return Passed("this home's daemon by TCP", "the home has no host credential");
        }

        yield return facts.Profiles.Value switch
        {
            { Damage: { } damage } => Passed("default profile", damage.Message),
            { Book.DefaultProfile: { } standing } => new EndpointStep.Try(new EndpointCandidate.Paired(standing, "default profile")),
            _ => Passed("default profile", "this home is not paired with a gateway"),
        };
    }

    private static EndpointStep.PassedOver Passed(string what, string seen) => new(new Attempt(what, seen));

    private static EndpointCandidate Named(string text, string source, EndpointFacts facts)
    {
        if (text.StartsWith(SocketScheme, StringComparison.Ordinal))
        {
            var path = text[SocketScheme.Length..];
            path = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
            return Path.IsPathFullyQualified(path)
                ? new EndpointCandidate.NamedSocket(path, source)
                : throw Invalid(source, text, "the path of a socket must begin with /");
        }

        if (!GatewayAddress.TryParse(text, out var url, out var problem))
        {
            throw Invalid(source, text, problem);
        }

        if (facts.ProfileOption is { } name)
        {
            _ = ProfileNamed(name, facts);
        }

        return new EndpointCandidate.Named(Text(url), source, facts.ProfileOption);
    }

    /// <summary>As addresses are stored and compared: without the slash that every url ends in.</summary>
    public static string Text(Uri url) => url.AbsoluteUri.TrimEnd('/');

    private static Profile ProfileNamed(string name, EndpointFacts facts)
    {
        var book = facts.Profiles.Value.BookOrThrow();
        if (book.ByName(name) is { } profile)
        {
            return profile;
        }

        var names = book.Profiles.Select(candidate => candidate.Name).ToArray();
        var nearest = NearestName.To(name, names);
        throw new CommandFailure(
            RefusalCode.NotPaired,
            $"This home has no profile '{name}'. {(names.Length == 0 ? "It has none at all." : $"It has: {string.Join(", ", names)}.")}",
            nearest is null ? "netclaw pair <url> --profile " + name : "netclaw status --profile " + nearest);
    }

    private static CommandFailure Invalid(string source, string text, string problem) => new(
        RefusalCode.EndpointUrlInvalid, $"{source} '{text}' is not the address of a gateway: {problem}.", Suggestion(text));

    /// <summary>Most often only the scheme is missing.</summary>
    private static string? Suggestion(string text) =>
        !text.Contains("://", StringComparison.Ordinal) && GatewayAddress.TryParse("http://" + text, out var url, out _)
            ? "netclaw status --url " + Text(url)
            : null;
}
