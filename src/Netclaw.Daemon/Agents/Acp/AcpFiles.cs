using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>
/// Files that the gateway reads and writes for an agent (<c>fs/read_text_file</c>, <c>fs/write_text_file</c>): inside its roots alone. What is judged is the file that was
/// opened, not the way to it, so that neither <c>..</c> nor a symbolic link, nor one that is exchanged at the right moment, leads out.
/// </summary>
internal sealed class AcpFiles(ProgramOptions program)
{
    private const long MostBytes = 4 * 1024 * 1024;

    public static bool Serves(string method) => method is "fs/read_text_file" or "fs/write_text_file";

    /// <exception cref="RpcException">It is refused, or cannot be done.</exception>
    public JsonNode Serve(string method, JsonElement parameters)
    {
        var path = parameters.Text("path") ?? throw new RpcException(Rpc.InvalidParams, "path is missing");
        if (!path.StartsWith('/') || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new RpcException(Rpc.InvalidParams, "path must be an absolute path");
        }

        if (program.Roots.IsEmpty)
        {
            throw new RpcException(Rpc.InvalidParams, "this gateway serves no files to this agent: no roots are configured");
        }

        try
        {
            return method == "fs/read_text_file"
                ? new JsonObject { ["content"] = Cut(Read(path), Number(parameters, "line"), Number(parameters, "limit")) }
                : Write(path, parameters.Text("content") ?? throw new RpcException(Rpc.InvalidParams, "content is missing"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RpcException(Rpc.InternalError, $"{path}: {e.Message}");
        }
    }

    private string Read(string path)
    {
        // Opening what is no file may wait for ever.
        if (FileFacts.OfTarget(path) is not { } seen)
        {
            throw new RpcException(Rpc.NotFound, $"{path}: there is no such file");
        }

        if (seen.Kind != FileKind.File)
        {
            throw new RpcException(Rpc.InvalidParams, $"{path} is no file");
        }

        using var file = File.OpenHandle(path);
        var real = new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}")).LinkTarget;
        if (real is null || !RealDirectory.IsInside(real, program.Roots))
        {
            throw Outside(path);
        }

        var length = RandomAccess.GetLength(file);
        if (length > MostBytes)
        {
            throw new RpcException(Rpc.InvalidParams, $"{path} has {length} bytes; {MostBytes} are read at most");
        }

        var bytes = new byte[length];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file, bytes, fileOffset: 0));
    }

    private JsonObject Write(string path, string content)
    {
        if (!program.MayWrite)
        {
            throw new RpcException(Rpc.InvalidParams, "this gateway writes no files for this agent: mayWrite is not configured");
        }

        var name = Path.GetFileName(path);
        using var directory = name is "" or "." or ".." ? throw new RpcException(Rpc.InvalidParams, $"{path} names no file") : RealDirectory.Open(Path.GetDirectoryName(path)!);
        if (!directory.IsInside(program.Roots))
        {
            throw Outside(path);
        }

        var target = $"{directory.Way}/{name}";
        var former = FileFacts.OfPath(target);
        if (former is { Kind: not FileKind.File })
        {
            throw new RpcException(Rpc.InvalidParams, $"{path} is there and is no file");
        }

        Replace(target, $"{directory.Way}/.{name}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.tmp", content, former?.Mode);
        return [];
    }

    /// <summary>A new file takes the old one's name: what a link of that name pointed to stays as it was.</summary>
    private static void Replace(string target, string temporary, string content, UnixFileMode? mode)
    {
        try
        {
            using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
            {
                file.Write(Encoding.UTF8.GetBytes(content));
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <param name="line">The first line, from 1.</param>
    /// <param name="limit">How many lines.</param>
    private static string Cut(string text, long? line, long? limit)
    {
        if (line is null && limit is null)
        {
            return text;
        }

        var lines = text.Split('\n');
        return string.Join('\n', lines.Skip((int)Math.Clamp((line ?? 1) - 1, 0, int.MaxValue)).Take((int)Math.Clamp(limit ?? int.MaxValue, 0, int.MaxValue)));
    }

    private static long? Number(JsonElement parameters, string name) =>
        parameters.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    private RpcException Outside(string path) => new(Rpc.InvalidParams, $"{path} is outside of this agent's roots ({string.Join(", ", program.Roots)})");
}
