using Netclaw.Cli.Failures;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Conversations;

/// <summary>A message that comes on stdin.</summary>
internal static class MessageInput
{
    private const int MostCharacters = 256 * 1024;

    public static async Task<string> ReadAsync(Terminal terminal, string command, CancellationToken cancellation)
    {
        var buffer = new char[MostCharacters + 1];
        var length = await Task.Run(() => terminal.In.ReadBlock(buffer), CancellationToken.None).WaitAsync(cancellation);
        var text = new string(buffer, 0, length).TrimEnd();
        return length > MostCharacters ? throw Wrong($"stdin holds more than {MostCharacters} characters", command)
            : text.Length == 0 ? throw Wrong("stdin holds nothing to say", command)
            : text;
    }

    private static CommandFailure Wrong(string seen, string command) => new(RefusalCode.UsageError, $"{char.ToUpperInvariant(seen[0])}{seen[1..]}.", $"{command} --help");
}
