using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Conversations;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What is read from the catalogue's view.</summary>
internal sealed partial class ConversationsHandler
{
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(5);

    private void List(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.SessionsListParams, out var wanted, Problem) || Rows(call) is not { } rows)
        {
            return;
        }

        var limit = wanted.Limit ?? SessionsListParams.DefaultLimit;
        var offset = wanted.Offset ?? 0;
        var meant = rows.Where(row => IsMeant(row, wanted, call.Now)).OrderByDescending(row => row.UpdatedAt).ThenBy(row => row.Key.ToString(), StringComparer.Ordinal).ToList();
        SessionRow[] page = [.. meant.Skip(offset).Take(limit).Select(ConversationWire.Of)];
        var more = offset + page.Length < meant.Count;
        Answer(call, new SessionsListResult(
            call.Now.ToUnixTimeMilliseconds(), "journal", page.Length, meant.Count, limit, more ? offset + page.Length : null, more, [], Defaults(), [.. page]), ProtocolJson.Default.SessionsListResult);
    }

    private void Describe(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.SessionsDescribeParams, out var wanted) && TryKey(call, wanted.Key, null, out var key) && Rows(call) is not null)
        {
            Answer(call, new SessionsDescribeResult(Find(key) is { } row ? ConversationWire.Of(row) : null), ProtocolJson.Default.SessionsDescribeResult);
        }
    }

    private void Resolve(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.SessionsResolveParams, out var wanted, given => given is { Key: null, SessionId: null, Label: null } ? "at $: key, sessionId or label" : null) || Rows(call) is not { } rows)
        {
            return;
        }

        var found = wanted switch
        {
            { Key: { } text } => KeyReading.TryRead(text, null, talk.Agents.All, out var key) ? Find(key) : null,
            { SessionId: { } name } => rows.FirstOrDefault(row => row.Id.ToString() == name),
            _ => rows.Where(row => row.Label == wanted.Label).MaxBy(row => row.UpdatedAt),
        };
        if (found is null && wanted.AllowMissing != true)
        {
            Refuse(call, RefusalCode.ConversationNotFound, $"there is no conversation {wanted.Key ?? wanted.SessionId ?? wanted.Label}");
            return;
        }

        Answer(call, found is null ? new SessionsResolveResult(false) : new SessionsResolveResult(true)
        {
            Key = found.Key.ToString(), AgentId = found.Key.Agent ?? KeyReading.DefaultOf(talk.Agents.All), DisplayName = found.Label,
        }, ProtocolJson.Default.SessionsResolveResult);
    }

    private void Preview(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.SessionsPreviewParams, out var wanted,
            given => given.Keys.IsDefaultOrEmpty || given.Keys.Length > SessionsPreviewParams.MostKeys ? $"at $.keys: 1 to {SessionsPreviewParams.MostKeys} keys" : null) || Rows(call) is null)
        {
            return;
        }

        Answer(call, new SessionsPreviewResult(call.Now.ToUnixTimeMilliseconds(), [.. wanted.Keys.Select(Preview)]), ProtocolJson.Default.SessionsPreviewResult);
    }

    private SessionPreview Preview(string text) => (KeyReading.TryRead(text, null, talk.Agents.All, out var key) ? Find(key) : null) switch
    {
        null => new SessionPreview(text, "missing", []),
        { Facts.Preview: { } last } => new SessionPreview(text, "ok", [new SessionPreviewItem("other", last)]),
        _ => new SessionPreview(text, "empty", []),
    };

    /// <summary>Null while the catalogue is still read: the call is served once it was, a moment later, or answered if that takes long.</summary>
    private IEnumerable<ConversationRow>? Rows(MethodCall call)
    {
        if (talk.View.Current is { } rows)
        {
            return rows.Values;
        }

        _ = talk.View.Read.WaitAsync(LongestReading, parts.Time).ContinueWith(
            reading => (object)new CatalogueRead(call, reading.IsCompletedSuccessfully), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).PipeTo(Self);
        return null;
    }

    private void Read(CatalogueRead read)
    {
        if (read.InTime)
        {
            Handle(read.Call);
        }
        else
        {
            Refuse(read.Call, RefusalCode.GatewayStarting, "the conversations are still being read");
        }
    }

    private SessionDefaults Defaults() => new(null, talk.Agents.All.FirstOrDefault()?.Model, null);

    internal static bool IsMeant(ConversationRow row, SessionsListParams wanted, DateTimeOffset now) =>
        (wanted.Archived?.ValueKind switch { JsonValueKind.True => row.ArchivedAt is not null, JsonValueKind.String => true, _ => row.ArchivedAt is null })
        && (wanted.AgentId is null || row.Key.Agent == wanted.AgentId)
        && (wanted.Label is null || row.Label == wanted.Label)
        && (wanted.ActiveMinutes is not { } minutes || row.UpdatedAt >= now.AddMinutes(-minutes))
        && (wanted.Search is not { Length: > 0 } search || Holds(row.Key.ToString(), search) || Holds(row.Label, search) || Holds(row.Facts.Preview, search));

    private sealed record CatalogueRead(MethodCall Call, bool InTime);

    private static bool Holds(string? text, string search) => text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true;

    private static string? Problem(SessionsListParams wanted) => wanted switch
    {
        { Limit: < 1 or > SessionsListParams.MostLimit } => $"at $.limit: 1 to {SessionsListParams.MostLimit}",
        { Offset: < 0 } => "at $.offset: 0 or more",
        { ActiveMinutes: < 1 or > 100_000_000 } => "at $.activeMinutes: 1 or more",
        { Archived: { } archived } when !(archived.ValueKind is JsonValueKind.True or JsonValueKind.False || (archived.ValueKind == JsonValueKind.String && archived.ValueEquals("all"))) => "at $.archived: true, false or \"all\"",
        _ => null,
    };
}
