namespace Akka.Actor;

/// <summary>A request to stop something, such as scheduled work.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public interface ICancelable
{
    /// <summary>True from the first cancellation on.</summary>
    bool IsCancellationRequested { get; }

    /// <summary>For code that listens to tokens.</summary>
    CancellationToken Token { get; }

    /// <summary>Cancels once; later calls do nothing.</summary>
    void Cancel();

    /// <summary>Cancels after that time, unless it was cancelled before.</summary>
    void CancelAfter(TimeSpan delay);

    /// <summary>Cancels after that time, unless it was cancelled before.</summary>
    void CancelAfter(int millisecondsDelay);

    /// <summary>Cancels once; later calls do nothing.</summary>
    void Cancel(bool throwOnFirstException);
}

/// <summary>For those who may hold none.</summary>
/// <remarks>Akka.NET documentation, "Scheduling Future and Recurring Actions".</remarks>
public static class CancelableExtensions
{
    /// <summary>Does nothing for null.</summary>
    public static void CancelIfNotNull(this ICancelable? cancelable) => cancelable?.Cancel();
}
