using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SparsePipeline.Planning;

/// <summary>
/// Builds a tree from YAML events. It stops at the first thing that is not plain data: what follows a syntax error or a
/// document beyond the limits cannot be trusted to mean anything. No aliases means that no text can unfold into more.
/// </summary>
internal sealed class YamlTree
{
    private const string CheckSyntax = "Check indentation, quotes and brackets there.";
    private const string WriteOut = "Write the value out.";
    private const string WrongFile = "A recipe is a few dozen lines; is this the right file?";
    private readonly IParser _parser;
    private readonly ErrorList _errors;
    private int _nodes;

    private YamlTree(IParser parser, ErrorList errors) => (_parser, _errors) = (parser, errors);

    /// <summary>The document's root, or null when there is an error.</summary>
    public static YamlNode? Read(string yaml, ErrorList errors)
    {
        if (yaml.Length > RecipeLimits.Characters)
        {
            errors.Add(RecipeLimits.TooLong());
            return null;
        }

        var tree = new YamlTree(new Parser(new StringReader(yaml)), errors);
        try
        {
            return tree.Document();
        }
        catch (RefusedYamlException e)
        {
            tree.Report(e.Start, Sentence(e), e.Remedy);
        }
        catch (YamlException e)
        {
            tree.Report(e.Start, Sentence(e), CheckSyntax);
        }
        catch (InvalidOperationException)
        {
            // The scanner throws it bare where a flow collection is not closed; the last event is the best position there is.
            tree.Report(tree._parser.Current?.End ?? Mark.Empty, "The text from here on is not YAML.", CheckSyntax);
        }

        return null;
    }

    private void Report(Mark at, string reason, string remedy) =>
        _errors.Add(new(Math.Max(1, at.Line), Math.Max(1, at.Column), "", reason, remedy));

    private YamlNode Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _)) throw Refused(_parser.Current!, "The recipe is empty", "Start with 'name:'; recipes/ has examples.");
        var root = Node(depth: 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second)) throw Refused(second, "A second document starts here, but a recipe is one", "Put it into a file of its own.");
        return root;
    }

    private YamlNode Node(int depth)
    {
        if (depth > RecipeLimits.Depth)
            throw Refused(_parser.Current!, $"The recipe is nested more than {RecipeLimits.Depth} levels deep", WrongFile);
        if (++_nodes > RecipeLimits.Nodes) throw Refused(_parser.Current!, $"The recipe has more than {RecipeLimits.Nodes:N0} values", WrongFile);
        if (_parser.Accept<AnchorAlias>(out var alias))
            throw Refused(alias, $"The alias '*{alias.Value}' is used, but recipes take no aliases", WriteOut);
        if (_parser.Accept<NodeEvent>(out var node)) RefuseDecoration(node);
        return _parser.TryConsume<MappingStart>(out var mapping) ? Mapping(At(mapping), depth)
            : _parser.TryConsume<SequenceStart>(out var sequence) ? Sequence(At(sequence), depth)
            : Scalar(_parser.Consume<Scalar>());
    }

    private YamlMapping Mapping(YamlPosition at, int depth)
    {
        var fields = new Dictionary<string, YamlField>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not YamlScalar key)
                throw Refused(_parser.Current!, "A list or group stands where a field's name belongs", CheckSyntax);
            var field = new YamlField(key, Node(depth + 1));
            if (!fields.TryAdd(key.Text, field))
                _errors.Add(key, key.Text, $"The field is given twice, first in line {fields[key.Text].Key.Position.Line}.", "Remove one.");
        }

        return new(at, [.. fields.Values]);
    }

    private YamlSequence Sequence(YamlPosition at, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(depth + 1));
        return new(at, items);
    }

    private static YamlScalar Scalar(Scalar scalar) => new(At(scalar), scalar.Value, scalar.Style != ScalarStyle.Plain);

    private static void RefuseDecoration(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty) throw Refused(node, $"The anchor '&{node.Anchor.Value}' is set, but recipes take no anchors", WriteOut);
        if (!node.Tag.IsEmpty) throw Refused(node, $"The tag '{node.Tag.Value}' is set, but recipes take no tags", "Remove it.");
    }

    private static YamlPosition At(ParsingEvent parsed) => new(parsed.Start.Line, parsed.Start.Column);

    private static RefusedYamlException Refused(ParsingEvent at, string reason, string remedy) => new(at, reason, remedy);

    private static string Sentence(YamlException e) => e.Message.TrimEnd('.') + ".";
}
