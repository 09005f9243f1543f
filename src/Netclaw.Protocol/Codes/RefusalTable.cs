using System.Collections.Immutable;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>Where a refusal is first seen.</summary>
public enum RefusalSource
{
    Connection,
    Conversation,
    Identity,
    Proxy,
    Pairing,
    CommandLine,
    Start,
}

/// <summary>One row: what a code means everywhere it shows.</summary>
/// <param name="Name">The wire and document name.</param>
/// <param name="WebSocketClose">Close code when it ends a connection; 0 when it only answers a call.</param>
/// <param name="HttpStatus">Status when it answers a plain HTTP request.</param>
/// <param name="ExitCode">What the command line exits with.</param>
/// <param name="LogEvent">Id of the audit and log event.</param>
/// <param name="Retryable">The same try can succeed later without anybody doing anything.</param>
/// <param name="Meaning">One sentence for a person.</param>
/// <param name="Remedy">The one command that leads out; empty only for an intended end.</param>
public sealed record Refusal(
    RefusalCode Code, string Name, RefusalSource Source, int WebSocketClose, int HttpStatus, int ExitCode, int LogEvent, bool Retryable,
    string Meaning, string Remedy);

/// <summary>The one table of refusals: <c>netclaw explain</c>, docs/codes.md, close codes, HTTP statuses and exit codes all read it.</summary>
public static class RefusalTable
{
    private const int FirstLogEvent = 9000;

    public static ImmutableArray<Refusal> All { get; } = [.. RefusalRows.Build().Select((row, index) => new Refusal(
        row.Code, SnakeCase(row.Code), row.Source, row.Close, row.Http, row.Exit, FirstLogEvent + index, row.Retryable, row.Meaning, row.Remedy))];

    private static readonly Dictionary<string, Refusal> ByName = All.ToDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>The rows stand in the order of the enum; a test holds them to it.</summary>
    public static Refusal For(RefusalCode code) => All[(int)code];

    /// <summary>A name as clients see it; one that ends in a header's name finds the row it belongs to.</summary>
    public static bool TryFind(string name, out Refusal refusal) =>
        ByName.TryGetValue(name, out refusal!) || (IsOfHeader(name) && ByName.TryGetValue(MissingHeader.Name, out refusal!));

    /// <param name="header">In lower case; set where the code's name ends in a header's.</param>
    public static string NameOf(RefusalCode code, string? header = null) => header is null ? For(code).Name : $"{For(code).Name}_{header}";

    private static Refusal MissingHeader => For(RefusalCode.TrustedProxyMissingHeader);

    private static bool IsOfHeader(string name) => name.Length > MissingHeader.Name.Length + 1 && name.StartsWith(MissingHeader.Name + "_", StringComparison.Ordinal);

    /// <summary>The error a client sees for <paramref name="code"/>: the row's remedy, this occasion's message.</summary>
    public static CallError Error(RefusalCode code, string message, string? remedy = null, int? retryAfterMs = null, System.Text.Json.JsonElement? details = null)
    {
        var row = For(code);
        var wayOut = remedy ?? row.Remedy;
        return new CallError(row.Name, message, wayOut.Length == 0 ? null : wayOut, row.Retryable, retryAfterMs, details);
    }

    private static string SnakeCase(RefusalCode code)
    {
        var text = new StringBuilder();
        foreach (var symbol in code.ToString())
        {
            if (char.IsUpper(symbol) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(symbol));
        }

        return text.ToString();
    }
}
