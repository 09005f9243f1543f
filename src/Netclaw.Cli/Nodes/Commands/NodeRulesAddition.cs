using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>
/// Adds a line to the rules' file: 1 the file as it is now, which must be sound → 2 the line behind the last one under <c>allow</c>, every other byte as it was → 3 read again →
/// 4 written whole or not at all.
/// </summary>
internal static class NodeRulesAddition
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The rules with the line.</returns>
    /// <exception cref="CommandFailure">config_invalid: the file is damaged, or cannot be written; it is as it was.</exception>
    public static NodeRules Allow(string path, RunQuestion question, string searchPath)
    {
        var before = NodeRulesFile.Load(path) ?? "{}\n"u8.ToArray(); // 1
        var rules = NodeRulesFile.Parse(path, before, searchPath);
        if (rules.Allows(question.Program, question.Arguments))
        {
            return rules;
        }

        var after = With(before, Line(question.Command)); // 2
        rules = NodeRulesFile.Parse(path, after, searchPath); // 3
        if (after.Length > NodeRulesFile.MostBytes)
        {
            throw NodeRulesFile.Wrong($"{path} would have more than {NodeRulesFile.MostBytes / 1024} KiB with one line more.", $"ls -la '{path}'");
        }

        if (!rules.Allows(question.Program, question.Arguments))
        {
            throw NodeRulesFile.Wrong($"{path} denies {question.Program.Path} by now, whatever is added to it.", $"ls -la '{path}'");
        }

        Write(path, after); // 4
        return rules;
    }

    /// <summary>One command line and no other: nothing may be put behind it.</summary>
    public static string Line(IEnumerable<string> command)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            writer.WriteStartObject();
            writer.WriteStartArray(NodeRulesText.ExactlyMember);
            foreach (var text in command)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Sound rules' text with one line more under <c>allow</c>.</summary>
    public static byte[] With(byte[] sound, string line)
    {
        var (end, isList) = Place(sound);
        var last = sound.AsSpan(0, end).LastIndexOfAnyExcept(" \t\r\n"u8);
        var first = sound[last] is (byte)'[' or (byte)'{';
        var between = sound.AsSpan(last + 1, end - last - 1);
        var pause = between.Contains((byte)'\n') ? "\n" + (first ? "  " : Indentation(sound.AsSpan(0, last + 1))) : first ? "" : " ";
        var added = Encoding.UTF8.GetBytes($"{(first ? "" : ",")}{pause}{(isList ? line : $"\"allow\": [{line}]")}");
        return [.. sound.AsSpan(0, last + 1), .. added, .. sound.AsSpan(last + 1)];
    }

    /// <summary>Where the list ends; where there is none, where the object does.</summary>
    private static (int End, bool IsList) Place(byte[] sound)
    {
        var reader = new Utf8JsonReader(sound);
        var inAllow = false;
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
            {
                inAllow = reader.ValueTextEquals("allow"u8);
            }
            else if ((reader is { TokenType: JsonTokenType.EndArray, CurrentDepth: 1 } && inAllow) || reader is { TokenType: JsonTokenType.EndObject, CurrentDepth: 0 })
            {
                return ((int)reader.TokenStartIndex, inAllow && reader.TokenType == JsonTokenType.EndArray);
            }
        }

        throw new InvalidOperationException("sound rules end");
    }

    /// <summary>Of the last line.</summary>
    private static string Indentation(ReadOnlySpan<byte> text)
    {
        var line = text[(text.LastIndexOf((byte)'\n') + 1)..];
        var length = line.IndexOfAnyExcept(" \t"u8);
        return Encoding.UTF8.GetString(line[..Math.Max(0, length)]);
    }

    private static void Write(string path, byte[] bytes)
    {
        try
        {
            var target = File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName : null;
            PrivateFile.WriteAtomically(target ?? path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NodeRulesFile.Wrong($"{path} cannot be written: {e.Message.TrimEnd('.')}.", $"ls -la '{path}'");
        }
    }
}
