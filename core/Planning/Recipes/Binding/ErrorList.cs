namespace SparsePipeline.Planning;

/// <summary>The errors found so far.</summary>
internal sealed class ErrorList
{
    private readonly List<RecipeError> _errors = [];

    public bool IsEmpty => _errors.Count == 0;

    public void Add(RecipeError error) => _errors.Add(error);

    public void Add(YamlNode at, string field, string reason, string remedy) =>
        _errors.Add(new(at.Position.Line, at.Position.Column, field, reason, remedy));

    public IReadOnlyList<RecipeError> InOrder() => [.. _errors.OrderBy(e => e.Line).ThenBy(e => e.Column)];
}
