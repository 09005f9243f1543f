using System.Collections.Immutable;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Endpoints;

/// <summary>What to try, in order, and what did not come into question.</summary>
public sealed record EndpointPlan(ImmutableArray<EndpointCandidate> Candidates, ImmutableArray<Attempt> PassedOver);

/// <summary>
/// The order of trust.md section 3: what was named → the control socket of this home → this home's daemon by TCP with the host
/// credential → the default profile. Pure; there is no address that is tried blindly.
/// </summary>
public static class EndpointOrder
{
    private const string SocketScheme = "unix:";

    /// <exception cref="CommandFailure">The named url or profile cannot be used.</exception>
    public static EndpointPlan Of(EndpointFacts facts)
    {
        if (facts.UrlOption is { } option)
        {
            return Only(Named(option, "--url", facts));
        }

        if (facts.ProfileOption is { } name)
        {
            return Only(new EndpointCandidate.Paired(ProfileNamed(name, facts), "--profile"));
        }

        return facts.UrlVariable is { Length: > 0 } variable ? Only(Named(variable, "NETCLAW_URL", facts)) : Searched(facts);
    }

    private static EndpointPlan Searched(EndpointFacts facts)
    {
        var candidates = ImmutableArray.CreateBuilder<EndpointCandidate>();
        var passedOver = ImmutableArray.CreateBuilder<Attempt>();
        if (facts.ControlSocketExists)
        {
            candidates.Add(new EndpointCandidate.Control(facts.ControlSocket));
        }
        else
        {
            passedOver.Add(new Attempt("control socket " + facts.ControlSocket, "not there"));
        }

        if (facts.Host is { } host)
        {
            candidates.AddRange(host.Urls.Select(url => new EndpointCandidate.Host(url, host.GatewayId)));
        }
        else
        {
            passedOver.Add(new Attempt("this home's daemon by TCP", "the home has no host credential"));
        }

        // Read last and only if nothing before it can answer for sure.
        if (facts.Profiles.Value.Damage is { } damage && candidates.Count == 0)
        {
            throw damage;
        }

        if (facts.Profiles.Value.Book?.DefaultProfile is { } standing)
        {
            candidates.Add(new EndpointCandidate.Paired(standing, "default profile"));
        }
        else
        {
            passedOver.Add(new Attempt("default profile", facts.Profiles.Value.Damage?.Message ?? "this home is not paired with a gateway"));
        }

        return new EndpointPlan(candidates.ToImmutable(), passedOver.ToImmutable());
    }

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

    private static EndpointPlan Only(EndpointCandidate candidate) => new([candidate], []);
}
