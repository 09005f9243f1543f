namespace Netclaw.Cli.Tests.Backups;

/// <summary>A <c>crontab</c> that keeps its table in a file beside it, and answers as cron's does.</summary>
internal sealed class FakeCrontab
{
    private const UnixFileMode Runnable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _table;

    /// <param name="body">What it does instead.</param>
    public FakeCrontab(string directory, string? body = null)
    {
        Directory.CreateDirectory(directory);
        Path = directory;
        _table = System.IO.Path.Combine(directory, "table");
        var program = System.IO.Path.Combine(directory, "crontab");
        File.WriteAllText(program, "#!/bin/sh\nPATH=/usr/bin:/bin\ntable=${0%/*}/table\n" + (body ?? """
            case $1 in
              -l) [ -f "$table" ] || { echo 'no crontab for tester' >&2; exit 1; }; cat "$table" ;;
              -) cat >"$table.new" && mv "$table.new" "$table" && echo . >>"$table.writes" ;;
              -r) rm "$table" ;;
              *) exit 9 ;;
            esac
            """));
        File.SetUnixFileMode(program, Runnable);
    }

    /// <summary>The directory that it is in.</summary>
    public string Path { get; }

    public byte[]? Table
    {
        get => File.Exists(_table) ? File.ReadAllBytes(_table) : null;
        set => File.WriteAllBytes(_table, value!);
    }

    public int Writes => File.Exists(_table + ".writes") ? File.ReadAllLines(_table + ".writes").Length : 0;
}
