namespace Netclaw.Protocol.Processes;

/// <summary>What came of a program that was started.</summary>
/// <param name="ExitCode">128 and the signal's number when one ended it. Null: its time was over before it had ended.</param>
/// <param name="Error">In words, where the exit code does not tell all.</param>
public sealed record RunOutcome(int? ExitCode, bool TimedOut, string Output, string Errors, string? Error);
