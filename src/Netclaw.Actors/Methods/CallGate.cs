using System.Text.Json;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Whether a call may go to its handler. Closed.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    public sealed record Admitted(MethodEntry Method) : Admission;

    public sealed record Refused(CallError Error) : Admission;
}

/// <summary>The gate before every handler: known, for this role, within these scopes, within the bound. Pure.</summary>
public static class CallGate
{
    public static Admission Admit(MethodCatalogue catalogue, Principal principal, string method, int open)
    {
        if (!catalogue.TryFind(method, out var entry))
        {
            return Refuse(RefusalCode.UnknownMethod, $"there is no method {Short(method)}");
        }

        if (entry.Handler == HandlerKey.Handshake)
        {
            return Refuse(RefusalCode.InvalidRequest, method == ConnectParams.Method ? "connect is only valid as the first request" : $"{method} is only valid before the connection is active");
        }

        var asNode = entry.NodesToo && principal.Role == Role.Node;
        if (entry.Role is { } role && role != principal.Role && !asNode)
        {
            return Refuse(RefusalCode.RoleNotAllowed,
                $"{method} is for the role {NativeTranscript.RoleText(role)}; this connection is {NativeTranscript.RoleText(principal.Role)}");
        }

        if (!asNode && !principal.Scopes.Covers(entry.Needed))
        {
            return new Admission.Refused(MissingScope(entry.Name, entry.Needed));
        }

        return open >= Limits.OpenCallsPerSession
            ? Refuse(RefusalCode.TooManyOpenCalls, $"{open} calls are open on this connection, {Limits.OpenCallsPerSession} are allowed")
            : new Admission.Admitted(entry);
    }

    /// <summary>Whether role and scopes reach <paramref name="method"/>.</summary>
    public static bool Allows(MethodEntry method, Role role, ScopeSet scopes) =>
        (method.NodesToo && role == Role.Node) || ((method.Role is not { } only || only == role) && scopes.Covers(method.Needed));

    /// <summary>Whether an event that takes <paramref name="needed"/> may be told: events that take a scope are for operators.</summary>
    public static bool Hears(Scope needed, Role role, ScopeSet scopes) =>
        needed == Scope.None || (role == Role.Operator && scopes.Covers(needed));

    /// <param name="what">The method, or what about it takes more.</param>
    internal static CallError MissingScope(string what, Scope scope)
    {
        var needed = new ScopeSet(scope);
        var details = JsonSerializer.SerializeToElement(
            new MissingScopeDetails(needed.ToString(), needed), MethodJson.Default.MissingScopeDetails);
        return RefusalTable.Error(RefusalCode.MissingScope, $"{what} needs the scope {needed}", $"netclaw daemon pair --scopes {needed}", details: details);
    }

    private static Admission.Refused Refuse(RefusalCode code, string message) => new(RefusalTable.Error(code, message));

    private static string Short(string method) => method.Length <= 64 ? method : method[..64] + "...";
}
