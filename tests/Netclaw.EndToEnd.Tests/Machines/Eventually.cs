using System.Diagnostics;

namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>Looks again until something is so, or the time is up.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<T> IsAsync<T>(Func<Task<T?>> look, string what, int seconds = 60) where T : class
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(seconds))
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(Pause);
        }

        throw new TimeoutException($"{what}: not within {seconds} s");
    }

    public static Task TrueAsync(Func<Task<bool>> look, string what, int seconds = 60) =>
        IsAsync(async () => await look() ? "" : null, what, seconds);
}
