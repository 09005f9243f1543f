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
    /// <returns>The defaults, with problems added, when the file cannot be used.</returns>
    public static NetclawOptions Load(NetclawHome home, IPEndPoint? listen, StartProblems problems)
    {
        var found = new List<ConfigProblem>();
        var options = Parse(home, found);
        if (listen is not null)
        {
            options = options with { Listen = new ListenOptions { Address = listen.Address, Port = listen.Port } };
        }

        foreach (var problem in found.Concat(options.Check()))
        {
            problems.Add(problem.ToStartProblem());
        }

        return options;
    }

    private static NetclawOptions Parse(NetclawHome home, List<ConfigProblem> found)
    {
        try
        {
            var file = new FileInfo(home.ConfigFile);
            if (!file.Exists)
            {
                return new NetclawOptions();
            }

            if (file.Length > MaximumBytes)
            {
                found.Add(new ConfigProblem(home.ConfigFile, null, $"The file has {file.Length} bytes.", "It cannot be a netclaw.json; move it away."));
                return new NetclawOptions();
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(home.ConfigFile), Form);
            return NetclawOptions.Read(new ConfigSection("", document.RootElement, found));
        }
        catch (JsonException e)
        {
            found.Add(new ConfigProblem(home.ConfigFile, null,
                $"It is not JSON: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}.", "Mend it there, or move the file away to start with the defaults."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            found.Add(new ConfigProblem(home.ConfigFile, null, $"It cannot be read: {e.Message}", "Make it readable for the user that runs the daemon."));
        }

        return new NetclawOptions();
    }
}
