using System.Diagnostics;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>A proxy does not outlive the test that started it, however that ends.</summary>
public sealed class ProxyProcessTests
{
    [Fact]
    public async Task Program_DiesWithWhoeverHoldsThePipe()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", ProxyProcess.DiesWithTheTest, "sh", "/bin/sh", "-c", "echo $$; exec sleep 1000"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        using var shell = Process.Start(start)!;
        var program = await shell.StandardOutput.ReadLineAsync().WaitAsync(RawConnection.Bound);
        Assert.True(Directory.Exists("/proc/" + program));

        shell.StandardInput.Close(); // as the kernel does when the test is killed

        await shell.WaitForExitAsync().WaitAsync(RawConnection.Bound);
        Assert.False(Directory.Exists("/proc/" + program));
    }
}
