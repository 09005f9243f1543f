using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Doctoring;

/// <summary>A lock file and a socket that are another user's: the doctor says whose, for nobody of this home put them there.</summary>
public sealed class ForeignOwnerTests
{
    [AsRootTheory]
    [InlineData("lock", "lock_foreign")]
    [InlineData("control-socket", "control_socket_foreign")]
    public async Task Owner_IsNamed_WhereItIsSomebodyElse(string check, string finding)
    {
        await using var machine = new Machine();
        await machine.UpAsync();
        var path = check == "lock" ? machine.Home.LockFile : machine.Home.ControlSocket;
        await using (var give = machine.StartProgram("/bin/chown", null, "-h", Scenario.Stranger, path))
        {
            (await give.FinishAsync()).Expect(0);
        }

        var found = Assert.Single((await Scenario.DoctorAsync(machine, check)).Expect(ExitCodes.Failed).Json().GetProperty("checks")[0].GetProperty("findings").EnumerateArray());

        Assert.Equal((finding, $"ls -ln '{path}'"), (found.GetProperty("id").GetString(), found.GetProperty("remedy").GetString()));
        Assert.Equal($"{path} belongs to user {Scenario.Stranger}, the home to user {UserId.Current}.", found.GetProperty("seen").GetString());
    }
}
