using System.Globalization;
using Microsoft.Extensions.Options;

namespace Netclaw.Actors.Sessions;

/// <summary>What sessions may take of this process.</summary>
public sealed class SessionOptions
{
    /// <summary>
    /// Live sessions in all, authenticated ones included. Default 50,000: about 200 MiB of sessions. Newer connections beyond it are told to
    /// try again. Too small turns clients away; too large lets connections take the memory that serves them.
    /// </summary>
    public int Most { get; init; } = 50_000;
}

/// <summary>Every problem at once, each with its key, value and remedy.</summary>
public sealed class SessionOptionsValidator : IValidateOptions<SessionOptions>
{
    private const int Ceiling = 1_000_000;

    public ValidateOptionsResult Validate(string? name, SessionOptions options) => options.Most is >= 1 and <= Ceiling
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(string.Create(CultureInfo.InvariantCulture, $"sessions.most is {options.Most}: set it between 1 and {Ceiling}"));
}
