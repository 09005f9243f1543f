using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Start;

/// <summary>One reason why the daemon does not start: what was tried and seen, and the one command that leads out.</summary>
/// <param name="Remedy">Null: the row's own (<see cref="RefusalTable"/>).</param>
/// <param name="Key">The configuration key or file that it is about.</param>
/// <param name="Value">What stood there; no secrets.</param>
public sealed record StartProblem(RefusalCode Code, string Message, string? Remedy = null, string? Key = null, string? Value = null)
{
    public CallError ToError() => RefusalTable.Error(Code, Message, Remedy, details: Details());

    private JsonElement? Details() => Key is null && Value is null
        ? null
        : JsonSerializer.SerializeToElement(new StartProblemDetails(Key, Value), StartJson.Default.StartProblemDetails);
}

/// <summary>What a program may want to know of a problem.</summary>
public sealed record StartProblemDetails(string? Key, string? Value);
