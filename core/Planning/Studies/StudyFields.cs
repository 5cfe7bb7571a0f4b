using System.Globalization;
using System.Text.RegularExpressions;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The fields of one group of a study, checked as they are asked for.</summary>
internal sealed class StudyFields
{
    private readonly YamlMapping _group;
    private readonly string _path;
    private readonly ErrorList _errors;

    /// <summary>Reports fields that there are not.</summary>
    public StudyFields(YamlMapping group, string path, ErrorList errors, params IReadOnlyCollection<string> known)
    {
        (_group, _path, _errors) = (group, path, errors);
        foreach (var field in group.Fields.Where(f => !known.Contains(f.Key.Text)))
            errors.Add(field.Key, Name(field.Key.Text), "There is no such field.", NameSuggestion.For(field.Key.Text, known));
    }

    /// <summary>The field as it stands there; null when it is not given.</summary>
    public YamlNode? Find(string name) => _group.Fields.FirstOrDefault(f => f.Key.Text == name)?.Value;

    /// <summary>A text; null when it is missing, which is an error if it is required.</summary>
    public YamlScalar? Text(string name, bool required)
    {
        var node = Find(name);
        if (node is YamlScalar { IsNull: false } text) return text;
        if (node is not null) Refuse(name, node, $"The value is {node.Description}.", "Write a text.");
        else if (required) Refuse(name, _group, "The field is missing.", $"Add '{name}:'; it has no default.");
        return null;
    }

    /// <summary>A name of small letters, digits and hyphens.</summary>
    public string? Identifier(string name)
    {
        if (Text(name, required: true) is not { } text) return null;
        if (Regex.IsMatch(text.Text, "^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture) && text.Text.Length <= 64) return text.Text;
        Refuse(name, text, $"The value is '{text.Text}'.", "Use small letters, digits and hyphens between them, 64 at most.");
        return null;
    }

    /// <summary>A group of fields; empty when it is not given.</summary>
    public IReadOnlyList<YamlField> Group(string name)
    {
        var node = Find(name);
        if (node is YamlMapping group) return group.Fields;
        if (node is not null) Refuse(name, node, $"The value is {node.Description}.", "Write 'field.of.the.recipe: value' in indented lines below it.");
        return [];
    }

    /// <summary>Distinct whole numbers of at least 0; what is wrong with them is told.</summary>
    public IReadOnlyList<long> Numbers(string name, YamlNode? node, string remedy)
    {
        if (node is YamlSequence list) return Numbers(name, list, remedy);
        if (node is null) Refuse(name, _group, "The field is missing.", $"Add '{name}:'. {remedy}");
        else Refuse(name, node, $"The value is {node.Description}.", remedy);
        return [];
    }

    public void Refuse(string name, YamlNode at, string reason, string remedy) => _errors.Add(at, Name(name), reason, remedy);

    private List<long> Numbers(string name, YamlSequence list, string remedy)
    {
        var numbers = new List<long>();
        foreach (var item in list.Items)
        {
            if (item is YamlScalar { Quoted: false } text && long.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && !numbers.Contains(number))
                numbers.Add(number);
            else
                Refuse(name, item, $"The list has {item.Description}{(numbers.Exists(n => item is YamlScalar s && s.Text == $"{n}") ? " twice" : "")}.", remedy);
        }

        return numbers;
    }

    private string Name(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
