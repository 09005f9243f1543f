using System.Net;
using System.Text.Json;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Reads netclaw.json: strict, and all problems at once. No file means all defaults.</summary>
public static class ConfigFile
{
    private const int MaximumBytes = 1024 * 1024;

    private static readonly JsonDocumentOptions Form = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    /// <param name="listen">From the command line; stands in for <c>listen</c> before anything is checked.</param>
    /// <param name="machine">What is checked against; this machine by default.</param>
    /// <returns>The defaults, with problems added, when the file cannot be used.</returns>
    public static NetclawOptions Load(NetclawHome home, IPEndPoint? listen, StartProblems problems, MachineFacts? machine = null)
    {
        var config = Read(home.ConfigFile, listen, machine ?? MachineFacts.Current);
        config.AddTo(problems);
        return config.Options;
    }

    /// <param name="path">Need not be there, unless <paramref name="mustExist"/>.</param>
    internal static LoadedConfig Read(string path, IPEndPoint? listen, MachineFacts machine, bool mustExist = false)
    {
        var reading = new ConfigReading();
        var options = Parse(path, mustExist, reading);
        if (listen is not null)
        {
            options = options with { Listen = new ListenOptions { Address = listen.Address, Port = listen.Port } };
        }

        var together = options.Check(machine).ToList();
        return new LoadedConfig(options, [.. reading.Problems, .. together], together.Count == 0, [.. reading.Keys]);
    }

    /// <summary>The keys as the reader asks for them, from a file that says nothing.</summary>
    internal static LoadedConfig Empty()
    {
        var reading = new ConfigReading();
        return new LoadedConfig(NetclawOptions.Read(new ConfigSection("", null, reading)), [], IsConsistent: true, [.. reading.Keys]);
    }

    private static NetclawOptions Parse(string path, bool mustExist, ConfigReading reading)
    {
        void Wrong(string wrong, string remedy) => reading.Problems.Add(new ConfigProblem(path, null, wrong, remedy));
        try
        {
            if (!File.Exists(path))
            {
                if (mustExist)
                {
                    Wrong("There is no such file.", "Write the path of a file that is there.");
                }

                return NetclawOptions.Read(new ConfigSection("", null, reading));
            }

            using var handle = File.OpenHandle(path);
            var facts = FileFacts.OfHandle(handle);
            if (facts.Size > MaximumBytes)
            {
                Wrong($"The file has {facts.Size} bytes.", "It cannot be a netclaw.json; move it away.");
                return new NetclawOptions();
            }

            if ((facts.Mode & UnixFileMode.OtherWrite) != 0)
            {
                Wrong($"Every user of this machine can change it (mode {facts.ModeText}), and so open the gateway.", $"Run: chmod go-w '{path}'");
            }

            var bytes = new byte[facts.Size];
            var length = RandomAccess.Read(handle, bytes, fileOffset: 0);
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length), Form);
            return NetclawOptions.Read(new ConfigSection("", document.RootElement, reading)) with { IsReadableByOthers = facts.IsOpenToOthers };
        }
        catch (JsonException e)
        {
            Wrong($"It is not JSON: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}.", "Mend it there, or move the file away to start with the defaults.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Wrong($"It cannot be read: {e.Message}", "Make it readable for the user that runs the daemon.");
        }

        return new NetclawOptions();
    }
}
