using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>
/// The rules' file, <c>node.json</c>: <c>{"roots":["/srv/data"],"allow":[["/usr/bin/git","status"],["ls"],{"exactly":["/usr/bin/uptime"]}],"deny":[["/usr/bin/git","status","--porcelain"]],"ask":true}</c>.
/// </summary>
internal static class NodeRulesFile
{
    public const int MostBytes = 256 * 1024;

    /// <param name="searchPath">The value of <c>PATH</c>: where plain names are looked for, once.</param>
    /// <returns>Nothing is lent where there is no file.</returns>
    /// <exception cref="CommandFailure">config_invalid: it cannot be read, others can write it, or it is damaged, with line and column.</exception>
    public static NodeRules Read(string path, string searchPath)
    {
        return Load(path) is { } bytes ? Parse(path, bytes, searchPath) : NodeRules.Nothing(searchPath);
    }

    /// <param name="bytes">What the file holds.</param>
    /// <exception cref="CommandFailure">config_invalid: it is damaged, with line and column.</exception>
    public static NodeRules Parse(string path, byte[] bytes, string searchPath)
    {
        try
        {
            return new NodeRulesText(bytes, searchPath).Read();
        }
        catch (DamagedRulesException e)
        {
            throw Wrong($"{path}, line {e.Line}, column {e.Column}: {e.Message}. Nothing is lent until it is mended.", $"mv '{path}' '{path}.damaged'");
        }
    }

    /// <returns>Null: there is no file.</returns>
    /// <exception cref="CommandFailure">config_invalid: it cannot be read, or others can write it.</exception>
    public static byte[]? Load(string path)
    {
        try
        {
            if (FileFacts.OfTarget(path) is not { } facts)
            {
                return null;
            }

            if (facts.Kind != FileKind.File || facts.Size > MostBytes)
            {
                throw Wrong($"{path} is no file of up to {MostBytes / 1024} KiB. Nothing is lent.", $"ls -la '{path}'");
            }

            // Whoever writes the rules runs programs as this user.
            return facts.IsWritableByOthers
                ? throw Wrong($"{path} has mode {facts.ModeText}: others can write it, and so lend this machine. Nothing is lent.", $"chmod go-w '{path}'")
                : File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"{path} cannot be read: {e.Message.TrimEnd('.')}. Nothing is lent.", $"ls -la '{path}'");
        }
    }

    public static CommandFailure Wrong(string message, string remedy) => new(RefusalCode.ConfigInvalid, message, remedy);
}
