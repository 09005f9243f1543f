namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>A test that needs programs of the distribution; it names those that are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WithProgramFactAttribute : FactAttribute
{
    public const string SystemdAnalyze = "/usr/bin/systemd-analyze";
    public const string Strace = "/usr/bin/strace";
    public const string Logrotate = "/usr/sbin/logrotate";
    public const string Crontab = "/usr/bin/crontab";
    public const string Python = "/usr/bin/python3";
    public const string InitDb = "/usr/lib/postgresql/15/bin/initdb";

    public WithProgramFactAttribute(params string[] programs)
    {
        string[] missing = [.. programs.Where(program => !File.Exists(program))];
        Skip = missing.Length > 0 ? $"needs {string.Join(", ", missing)} (tests/needs.sh)" : null;
    }
}
