using System.Globalization;
using Microsoft.Extensions.Options;

namespace Netclaw.Actors.Devices;

/// <summary>How the registry writes. Nothing here is for users to set.</summary>
public sealed class RegistryOptions
{
    /// <summary>Commands in one durable write. Fewer cost throughput, more cost the first of them time.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Events between snapshots. Fewer cost writing, more cost the next start.</summary>
    public int SnapshotEvery { get; init; } = 10_000;

    /// <summary>New events that are worth a snapshot when the daemon stops.</summary>
    public int SnapshotAtStop { get; init; } = 1_000;

    /// <summary>How often it is written which devices came or went. Oftener makes the journal grow; less often loses more of it in a crash.</summary>
    public TimeSpan SeenEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often it is written which devices are still connected, so that a crash does not make them look long gone.</summary>
    public TimeSpan ConnectedEvery { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a stop waits for its snapshot; without it the next start only takes longer.</summary>
    public TimeSpan StopBudget { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Every problem at once, each with its key, value and remedy.</summary>
public sealed class RegistryOptionsValidator : IValidateOptions<RegistryOptions>
{
    private const int LargestBatch = 256;

    public ValidateOptionsResult Validate(string? name, RegistryOptions options)
    {
        var failures = new List<string>();
        Check(failures, "registry.batchSize", options.BatchSize, LargestBatch);
        Check(failures, "registry.snapshotEvery", options.SnapshotEvery, int.MaxValue);
        Check(failures, "registry.snapshotAtStop", options.SnapshotAtStop, int.MaxValue);
        Positive(failures, "registry.stopBudget", options.StopBudget);
        Positive(failures, "registry.seenEvery", options.SeenEvery);
        Positive(failures, "registry.connectedEvery", options.ConnectedEvery);

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Positive(List<string> failures, string key, TimeSpan value)
    {
        if (value <= TimeSpan.Zero)
        {
            failures.Add($"{key} is {value}: set it above zero");
        }
    }

    private static void Check(List<string> failures, string key, int value, int most)
    {
        if (value < 1 || value > most)
        {
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}: set it between 1 and {most}"));
        }
    }
}
