using Microsoft.Extensions.Options;
using Netclaw.Daemon.Schema;

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

    /// <summary>For options that no file was read into: the reader refuses the same by the same ranges.</summary>
    protected static IEnumerable<ConfigProblem> OutOfRange(IEnumerable<(string Key, int Value, IntegerRange Range)> values) =>
        from value in values
        where !value.Range.Contains(value.Value)
        select new ConfigProblem(value.Key, $"{value.Value}", IntegerForm.OutOfRange, value.Range.Remedy);
}
