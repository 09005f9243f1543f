using Microsoft.Extensions.Options;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>Every problem at once, each with its key, value and remedy.</summary>
public sealed class TrustOptionsValidator : IValidateOptions<TrustOptions>
{
    private static readonly TimeSpan Widest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, TrustOptions options)
    {
        var problems = new List<string>();
        if (options.OwnerUserId == UserId.Overflow)
        {
            problems.Add($"the daemon's user id is {UserId.Overflow}, the kernel's word for an unknown user: run netclawd as a user of its own");
        }

        Window(problems, "trust.proofPast", options.ProofPast);
        Window(problems, "trust.proofFuture", options.ProofFuture);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Window(List<string> problems, string key, TimeSpan value)
    {
        if (value < TimeSpan.Zero || value > Widest)
        {
            problems.Add($"{key} is {value}: set it between 0 and {Widest}");
        }
    }
}
