using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What the process knows of itself. Read on any thread, at any time; never blocks.</summary>
public interface IDaemonFacts
{
    /// <summary>The exposure mode by its configured name.</summary>
    string Exposure { get; }

    /// <summary>The authentication mode by its configured name.</summary>
    string AuthMode { get; }

    /// <summary>starting, ready or draining.</summary>
    string Phase { get; }

    int ProcessId { get; }

    DateTimeOffset StartedAt { get; }

    /// <summary>http urls as bound; empty before that.</summary>
    ImmutableArray<string> Endpoints { get; }

    /// <summary>Path of the control socket.</summary>
    string? ControlSocket { get; }

    /// <summary>Path of the socket for other users of this machine; null: nobody is listed.</summary>
    string? SharedSocket { get; }

    /// <summary>Name of the journal's engine, for people: SQLite, PostgreSQL.</summary>
    string JournalProvider { get; }

    /// <summary>Why the mark outside the journal cannot be written; null while it can.</summary>
    string? MarkProblem { get; }

    /// <summary>Warnings and opt-ins of the configuration that this process started with.</summary>
    StartNotices Notices { get; }
}

/// <summary>Where another device reaches this gateway.</summary>
/// <param name="Url">http or https; null with <paramref name="Problem"/> saying what is missing and which key to set.</param>
public sealed record EndpointName(Uri? Url, string? Problem);

/// <summary>Knows where other devices reach this gateway: the configured external address, else what is bound.</summary>
public interface IEndpointNames
{
    EndpointName ForOtherDevices { get; }
}

/// <summary>Stops the daemon.</summary>
public interface IDaemonControl
{
    /// <summary>How long a drain may take.</summary>
    TimeSpan DrainBudget { get; }

    /// <summary>Begins the shutdown and returns at once. Idempotent.</summary>
    /// <param name="by">Who asked, as audit records name it.</param>
    void Stop(string by);
}
