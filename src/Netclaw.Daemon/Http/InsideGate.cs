using Microsoft.AspNetCore.Http;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Listeners;
using Netclaw.Daemon.Transports;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Http;

/// <summary>
/// Asks the policy whether a plain request may see inside. Its credential is <c>Authorization: Bearer</c> with the shared token or password of the auth
/// mode in force, or whatever the trusted proxy says of it; the same limiter counts wrong ones as on every other way in.
/// </summary>
public sealed class InsideGate(
    EvidenceBuilder evidence, ICredentialChecker checker, TrustPolicy policy, TrustOptions trust, RegistryView registry, ChallengeIssuer challenges, AuditTrail audit, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    /// <returns>Null: it may.</returns>
    public async ValueTask<AccessDecision.Refused?> AskAsync(HttpContext context)
    {
        if (context.Features.Get<AcceptedConnection>() is not { } accepted)
        {
            throw new InvalidOperationException("the connection did not pass the accept gate");
        }

        var seen = evidence.Build(accepted, context.Request, "http");
        var asked = new AccessQuestion(seen, InsideAccess.Hello, Credentials.None, trust, registry.Current ?? RegistrySnapshot.Empty);
        if (InsideAccess.IsFree(asked))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var offer = new CredentialOffer(Hello(Bearer(context.Request)), challenges.Issue(null), seen, now);
        var decision = InsideAccess.Decide(policy, asked with { Credentials = await checker.CheckAsync(offer).ConfigureAwait(false) });
        audit.PlainRequest(seen, decision, context.Request.Path.Value ?? "", now);
        return decision switch
        {
            AccessDecision.Granted => null,
            AccessDecision.Refused refused => refused,
            _ => throw new InvalidOperationException($"a request without a device key got {decision.GetType().Name}"),
        };
    }

    private static Secret? Bearer(HttpRequest request) =>
        request.Headers.Authorization is [{ } line] && line.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && line[Scheme.Length..].Trim() is { Length: > 0 } shown
            ? new Secret(shown)
            : null;

    private static ConnectParams Hello(Secret? shown) => new()
    {
        Client = InsideAccess.Hello.Client,
        Scopes = InsideAccess.Hello.Scopes,
        Auth = shown is null ? null : new ConnectAuth { Token = shown, Password = shown },
    };
}
