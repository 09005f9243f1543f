using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Doctoring;

/// <summary>A state of a home, built for real, and the visit of the doctor that finds it.</summary>
/// <param name="Visit">Returns what <c>netclaw doctor --only Check --json</c> said.</param>
internal sealed record Scenario(string Check, string Finding, Func<Machine, Task<Finished>> Visit)
{
    public const string Stranger = "64123";

    /// <param name="build">Then the doctor comes.</param>
    public static Scenario Of(string check, string finding, Func<Machine, Task> build) => new(check, finding, async machine =>
    {
        await build(machine);
        return await DoctorAsync(machine, check);
    });

    public static Scenario Of(string check, string finding, Action<Machine> build) => Of(check, finding, machine =>
    {
        build(machine);
        return Task.CompletedTask;
    });

    /// <summary>In a mount namespace of its own: what is mounted there is gone with it.</summary>
    /// <param name="script">For sh, in the home's directory; <c>$netclaw</c> is the command line. The doctor's object has to be all it prints.</param>
    public static Scenario InNamespace(string check, string finding, string script) => new(check, finding, machine =>
        ScriptAsync(machine, "unshare", ["-m", "--propagation", "private"], check, script));

    public static async Task<Finished> ScriptAsync(Machine machine, string program, string[] before, string check, string script)
    {
        await using var process = machine.StartProgram(
            "/usr/bin/" + program, null, new() { ["netclaw"] = Executables.CommandLine, ["check"] = check }, [.. before, "/bin/sh", "-c", script]);
        return await process.FinishAsync();
    }

    public static Task<Finished> DoctorAsync(Machine machine, string check) => machine.RunAsync("doctor", "--only", check, "--json");

    /// <summary>Set up once, and at rest.</summary>
    public static async Task OnceAsync(Machine machine)
    {
        await machine.UpAsync();
        await machine.JsonAsync("down");
    }

    public static void Config(Machine machine, string json) => File.WriteAllText(machine.Home.ConfigFile, json);
}
