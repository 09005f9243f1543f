using System.Globalization;
using Microsoft.Extensions.Options;
using Netclaw.Actors.Pairing;

namespace Netclaw.Actors.Methods;

/// <summary>How pairing codes are minted.</summary>
public sealed class PairingOptions
{
    /// <summary>
    /// How long a code may be used. Default 5 minutes: time to walk to the other device. Too short runs out while people type; longer leaves a
    /// code lying about (it dies after five tries all the same).
    /// </summary>
    public TimeSpan CodeLifetime { get; init; } = IssuedCode.DefaultLifetime;
}

/// <summary>Every problem at once, each with its key, value and remedy.</summary>
public sealed class PairingOptionsValidator : IValidateOptions<PairingOptions>
{
    public ValidateOptionsResult Validate(string? name, PairingOptions options) =>
        options.CodeLifetime > TimeSpan.Zero && options.CodeLifetime <= IssuedCode.MaximumLifetime
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(string.Create(CultureInfo.InvariantCulture,
                $"pairing.codeLifetimeSeconds is {options.CodeLifetime.TotalSeconds}: set it between 1 and {IssuedCode.MaximumLifetime.TotalSeconds}"));
}
