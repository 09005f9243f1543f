namespace Akka.TestKit;

/// <summary>
/// Runs an action and expects a number of matching events: those logged from the action's start until that many were seen or the
/// time (<c>akka.test.filter-leeway</c>, or the given one) is over. Seeing more, or fewer, fails. Matching events are not printed.
/// </summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public interface IEventFilterApplier
{
    /// <summary>Another filter: an event matches if one of them does.</summary>
    EventFilterFactory And { get; }

    /// <summary>Runs the code and fails unless exactly one event that the filter matches was published, then or soon after.</summary>
    void ExpectOne(Action action, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly one event that the filter matches was published, then or soon after.</summary>
    Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly one event that the filter matches was published, then or soon after.</summary>
    Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly one event that the filter matches was published, then or soon after.</summary>
    void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly one event that the filter matches was published, then or soon after.</summary>
    Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly so many events that the filter matches were published, then or soon after.</summary>
    void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly so many events that the filter matches were published, then or soon after.</summary>
    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly so many events that the filter matches were published, then or soon after.</summary>
    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly so many events that the filter matches were published, then or soon after.</summary>
    void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly so many events that the filter matches were published, then or soon after.</summary>
    Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly so many events that the filter matches were published, then or soon after.</summary>
    Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly one event that the filter matches was published, then or soon after.</summary>
    T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly one event that the filter matches was published, then or soon after.</summary>
    Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly one event that the filter matches was published, then or soon after.</summary>
    T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly one event that the filter matches was published, then or soon after.</summary>
    Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly so many events that the filter matches were published, then or soon after.</summary>
    T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly so many events that the filter matches were published, then or soon after.</summary>
    Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly so many events that the filter matches were published, then or soon after.</summary>
    T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the code and fails unless exactly so many events that the filter matches were published, then or soon after.</summary>
    Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the action; matching events are not printed meanwhile.</summary>
    T Mute<T>(Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Keeps matching events out of the log while the code runs.</summary>
    Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the action; matching events are not printed meanwhile.</summary>
    void Mute(Action action, CancellationToken cancellationToken = default);

    /// <summary>Keeps matching events out of the log while the code runs.</summary>
    Task MuteAsync(Action action, CancellationToken cancellationToken = default);

    /// <summary>Keeps matching events out of the log while the code runs.</summary>
    Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default);

    /// <summary>Matching events are not printed until the result is undone.</summary>
    IUnmutableFilter Mute();
}
