using System.Diagnostics;
using System.Text;

namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>A process that is still going, its output collected line by line.</summary>
internal sealed class Running : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly string _command;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly Task _collected;

    public Running(ProcessStartInfo start, string? input)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        _command = string.Join(' ', start.ArgumentList.Prepend(Path.GetFileName(start.FileName)));
        _process = Process.Start(start)!;
        _collected = Task.WhenAll(CollectAsync(_process.StandardOutput, _out), CollectAsync(_process.StandardError, _error));
        if (input is not null)
        {
            _process.StandardInput.Write(input);
        }

        _process.StandardInput.Close();
    }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Out => Text(_out);

    public string Error => Text(_error);

    public async Task<Finished> FinishAsync()
    {
        using var deadline = new CancellationTokenSource(Bound);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            await _collected.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"still running after {Bound.TotalSeconds} s\n{Result(-1)}");
        }

        return Result(_process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private Finished Result(int exitCode) => new(_command, exitCode, Text(_out), Text(_error));

    private static async Task CollectAsync(StreamReader reader, StringBuilder text)
    {
        var buffer = new char[1024];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            lock (text)
            {
                text.Append(buffer, 0, count);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
