using Microsoft.Extensions.Options;

namespace Netclaw.Daemon.Configuration;

/// <summary>Finds everything wrong with one feature's options, each with key, value and remedy.</summary>
public abstract class ConfigValidator<TOptions> : IValidateOptions<TOptions> where TOptions : class
{
    public abstract IEnumerable<ConfigProblem> Check(TOptions options);

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var failures = Check(options).Select(problem => $"{problem.Key} = {problem.Value}: {problem.Wrong} {problem.Remedy}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    protected static ConfigProblem? OutOfRange(string key, int value, int least, int most, string unit) => value < least || value > most
        ? new ConfigProblem(key, $"{value}", "This is out of range.", $"Write {least} to {most} {unit}.")
        : null;
}
