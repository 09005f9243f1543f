namespace Netclaw.Actors.Cron;

/// <summary>The jobs as they stand, swapped after each durable write: reading never waits for the writer. Thread-safe; outlives the actor.</summary>
public sealed class CronView
{
    private volatile CronState? _current;

    /// <summary>Names this process to clients that would know whether a run was of another one.</summary>
    public string ProcessInstance { get; } = Guid.NewGuid().ToString();

    /// <summary>Null until the journal has been read.</summary>
    public CronState? Current
    {
        get => _current;
        internal set => _current = value;
    }
}
