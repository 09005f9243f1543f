using System.Collections.Immutable;
using System.Text.Json;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>Reads the rules' JSON strictly: every member is known and stands there once, every value has its form.</summary>
internal ref struct NodeRulesText(byte[] bytes, string searchPath)
{
    /// <summary>Of a rule that speaks of one command line alone.</summary>
    public const string ExactlyMember = "exactly";

    private Utf8JsonReader _reader = new(bytes, new JsonReaderOptions { MaxDepth = 8 });

    /// <exception cref="DamagedRulesException">With the place.</exception>
    public NodeRules Read()
    {
        try
        {
            return Members();
        }
        catch (JsonException e)
        {
            throw new DamagedRulesException("the JSON breaks off or is malformed here", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        }
    }

    private NodeRules Members()
    {
        var rules = NodeRules.Nothing(searchPath);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Expect(JsonTokenType.StartObject, "an object is expected");
        while (Next() == JsonTokenType.PropertyName)
        {
            var name = Text();
            if (!seen.Add(name))
            {
                throw Damaged($"\"{name}\" is here twice");
            }

            rules = name switch
            {
                "roots" => rules with { Roots = Roots() },
                "allow" => rules with { Allow = Rules() },
                "deny" => rules with { Deny = Rules() },
                "ask" => rules with { Ask = Truth() },
                _ => throw Damaged($"\"{name}\" is not known; there are \"roots\", \"allow\", \"deny\" and \"ask\""),
            };
        }

        return _reader.Read() ? throw Damaged("nothing is expected behind the object") : rules;
    }

    private ImmutableArray<string> Roots()
    {
        var roots = ImmutableArray.CreateBuilder<string>();
        Expect(JsonTokenType.StartArray, "a list of directories is expected");
        while (Next() != JsonTokenType.EndArray)
        {
            roots.Add(Text() is ['/', ..] root ? root : throw Damaged("a directory's absolute path is expected"));
        }

        return roots.ToImmutable();
    }

    private ImmutableArray<ProgramRule> Rules()
    {
        var rules = ImmutableArray.CreateBuilder<ProgramRule>();
        Expect(JsonTokenType.StartArray, "a list of programs is expected, such as [[\"ls\"]]");
        while (Next() != JsonTokenType.EndArray)
        {
            rules.Add(Rule());
        }

        return rules.ToImmutable();
    }

    private bool Truth() => Next() is JsonTokenType.True or JsonTokenType.False ? _reader.GetBoolean() : throw Damaged("true or false is expected");

    private ProgramRule Rule()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return Words();
        }

        if (Next() != JsonTokenType.PropertyName || Text() != ExactlyMember)
        {
            throw Damaged($"{{\"{ExactlyMember}\": [a program and all its arguments]}} is expected");
        }

        _ = Next();
        var rule = Words() with { Exactly = true };
        Expect(JsonTokenType.EndObject, $"nothing is expected beside \"{ExactlyMember}\"");
        return rule;
    }

    private ProgramRule Words()
    {
        Is(JsonTokenType.StartArray, "a program and its first arguments are expected in a list, such as [\"git\",\"status\"]");
        _ = Next();
        var program = Text();
        if (program.Length == 0 || (program.Contains('/') && program[0] != '/'))
        {
            throw Damaged("a program's absolute path or plain name is expected");
        }

        var arguments = ImmutableArray.CreateBuilder<string>();
        while (Next() != JsonTokenType.EndArray)
        {
            arguments.Add(Text());
        }

        return new ProgramRule(program, arguments.ToImmutable(), ProgramPath.Find(program, searchPath));
    }

    private JsonTokenType Next() => _reader.Read() ? _reader.TokenType : throw Damaged("the JSON breaks off here");

    private void Expect(JsonTokenType kind, string what)
    {
        _ = Next();
        Is(kind, what);
    }

    private readonly void Is(JsonTokenType kind, string what)
    {
        if (_reader.TokenType != kind)
        {
            throw Damaged(what);
        }
    }

    private readonly string Text()
    {
        if (_reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            throw Damaged("a text is expected");
        }

        try
        {
            return _reader.GetString() is { } text && !text.Contains('\0') ? text : throw Damaged("a zero byte is in this text");
        }
        catch (InvalidOperationException)
        {
            throw Damaged("half a character is in this text");
        }
    }

    private readonly DamagedRulesException Damaged(string reason)
    {
        var before = bytes.AsSpan(0, (int)_reader.TokenStartIndex);
        return new DamagedRulesException(reason, before.Count((byte)'\n') + 1, before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1);
    }
}
