namespace Akka.Pattern;

public partial class CircuitBreaker
{
    /// <summary>Runs <paramref name="body"/> if the breaker lets it.</summary>
    /// <returns>The body's result; faulted with <see cref="OpenCircuitException"/> if refused, with <see cref="TimeoutException"/> after <see cref="CallTimeout"/>.</returns>
    public Task<T> WithCircuitBreaker<T>(Func<Task<T>> body) => Call(body);

    /// <summary>Runs the call if the breaker lets it through; else it fails at once with OpenCircuitException.</summary>
    public Task<T> WithCircuitBreaker<T, TState>(TState state, Func<TState, Task<T>> body) => Call(() => body(state));

    /// <summary>Runs the call if the breaker lets it through; else it fails at once with OpenCircuitException.</summary>
    public Task WithCircuitBreaker(Func<Task> body) => Call(async () =>
    {
        await body().ConfigureAwait(false);
        return Done.Instance;
    });

    /// <summary>Runs the call if the breaker lets it through; else it fails at once with OpenCircuitException.</summary>
    public Task WithCircuitBreaker<TState>(TState state, Func<TState, Task> body) => WithCircuitBreaker(() => body(state));

    /// <summary>Runs <paramref name="body"/> on this thread if the breaker lets it. One longer than <see cref="CallTimeout"/> counts as a failure.</summary>
    /// <exception cref="OpenCircuitException">The breaker refused.</exception>
    public T WithSyncCircuitBreaker<T>(Func<T> body)
    {
        var phase = Enter();
        var began = Scheduler.MonotonicClock;
        try
        {
            var result = body();
            if (Scheduler.MonotonicClock - began > CallTimeout) Failed(phase, Late());
            else Succeeded(phase);
            return result;
        }
        catch (Exception error)
        {
            Failed(phase, error);
            throw;
        }
    }

    /// <inheritdoc cref="WithSyncCircuitBreaker{T}"/>
    public void WithSyncCircuitBreaker(Action body) => WithSyncCircuitBreaker(() =>
    {
        body();
        return Done.Instance;
    });

    /// <summary>Counts a success that was seen outside the breaker.</summary>
    public void Succeed()
    {
        if (_phase is var phase and not CircuitPhase.Open) Succeeded(phase);
    }

    /// <summary>Counts a failure that was seen outside the breaker.</summary>
    public void Fail()
    {
        if (_phase is var phase and not CircuitPhase.Open) Failed(phase, new UserCalledFailException());
    }

    private async Task<T> Call<T>(Func<Task<T>> body)
    {
        var phase = Enter();
        try
        {
            var result = await InTime(body()).ConfigureAwait(false);
            Succeeded(phase);
            return result;
        }
        catch (Exception error)
        {
            Failed(phase, error);
            throw;
        }
    }

    private async Task<T> InTime<T>(Task<T> call)
    {
        if (call.IsCompleted) return await call.ConfigureAwait(false);
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = new Actor.Cancelable(Scheduler.Advanced);
        Scheduler.Advanced.ScheduleOnce(CallTimeout, late.SetResult, timer);
        var first = await Task.WhenAny(call, late.Task).ConfigureAwait(false);
        timer.Cancel(false);
        if (first == call) return await call.ConfigureAwait(false);
        // Nobody awaits the late call any more; its failure must not surface as unobserved.
        _ = call.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        throw Late();
    }

    private TimeoutException Late() => new($"Execution did not complete within the circuit breaker's call timeout of {CallTimeout}.");
}
