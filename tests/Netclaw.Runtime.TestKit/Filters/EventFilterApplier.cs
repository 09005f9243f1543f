using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Applies filters for as long as an action runs and its events may come. Every public form ends in <see cref="ExpectCore{T}"/> or <see cref="MuteCore{T}"/>.</summary>
internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem system, IReadOnlyList<EventFilterBase> filters) : IEventFilterApplier
{
    public EventFilterFactory And => new(testkit, system, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) => ExpectCore(true, 1, null, Wrap(action), cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) => ExpectCore(true, 1, null, Wrap(actionAsync), cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) => ExpectCore(true, 1, timeout, Wrap(action), cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default)
        => ExpectCore(false, expectedCount, null, Wrap(action), cancellationToken).GetAwaiter().GetResult();

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default)
        => ExpectCore(true, expectedCount, null, Wrap(actionAsync), cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default)
        => ExpectCore(true, expectedCount, timeout, Wrap(actionAsync), cancellationToken);

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default)
        => ExpectCore(false, expectedCount, timeout, Wrap(action), cancellationToken).GetAwaiter().GetResult();

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default)
        => ExpectCore(true, expectedCount, timeout, Wrap(action), cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default)
        => ExpectCore(true, expectedCount, timeout, Wrap(action), cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectCore(true, 1, null, func, cancellationToken);

    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) => Expect(1, timeout, func, cancellationToken);

    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectCore(true, 1, timeout, func, cancellationToken);

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default)
        => ExpectCore(false, expectedCount, null, () => Task.FromResult(func()), cancellationToken).GetAwaiter().GetResult();

    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectCore(true, expectedCount, null, func, cancellationToken);

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default)
        => ExpectCore(false, expectedCount, timeout, () => Task.FromResult(func()), cancellationToken).GetAwaiter().GetResult();

    public Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectCore(true, expectedCount, timeout, func, cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) => MuteCore(() => Task.FromResult(func()), cancellationToken).GetAwaiter().GetResult();

    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => MuteCore(func, cancellationToken);

    public void Mute(Action action, CancellationToken cancellationToken = default) => MuteCore(Wrap(action), cancellationToken).GetAwaiter().GetResult();

    public Task MuteAsync(Action action, CancellationToken cancellationToken = default) => MuteCore(Wrap(action), cancellationToken);

    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) => MuteCore(Wrap(action), cancellationToken);

    public IUnmutableFilter Mute() => new Muted(system, filters);

    private async Task<T> ExpectCore<T>(bool async, int expected, TimeSpan? timeout, Func<Task<T>> action, CancellationToken token)
    {
        using var count = new MatchCount(filters, expected);
        using var muted = new Muted(system, filters);
        var result = await action().ConfigureAwait(false);
        var wait = testkit.Dilated(timeout ?? testkit.TestKitSettings.TestEventFilterLeeway);
        await count.Settle(async, wait, token).ConfigureAwait(false);
        if (count.Seen == expected) return result;
        var assertions = system.GetExtension<TestKitAssertionsProvider>().Assertions;
        assertions.Fail("{0}", $"Expected {expected} event(s) within {wait}, but {count.Seen} matched: {string.Join(" or ", filters)}");
        return result;
    }

    private async Task<T> MuteCore<T>(Func<Task<T>> action, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        using var muted = new Muted(system, filters);
        return await action().ConfigureAwait(false);
    }

    private static Func<Task<Done>> Wrap(Action action) => () =>
    {
        action();
        return Task.FromResult(Done.Instance);
    };

    private static Func<Task<Done>> Wrap(Func<Task> action) => async () =>
    {
        await action().ConfigureAwait(false);
        return Done.Instance;
    };
}
