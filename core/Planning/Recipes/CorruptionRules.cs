using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What the corruptions of an evaluation must not say.</summary>
internal static class CorruptionRules
{
    private const string Corruptions = "evaluation.corruptions";
    private const string Severities = "evaluation.severities";

    public static void Apply(RecipeDraft draft)
    {
        if (draft.IsGiven(Severities) && !draft.IsGiven(Corruptions))
            draft.Refuse(
                Severities, "Severities without corruptions change nothing.", $"Set {Corruptions} too, to names or to '{MethodAxisAttribute.Everything}', or remove this line.");
        Check<string>(draft, Corruptions);
        Check<int>(draft, Severities);
    }

    private static void Check<T>(RecipeDraft draft, string field)
    {
        if (!draft.IsGiven(field) || !draft.TryValue<T[]>(field, [], out var values)) return;
        if (values.Length == 0)
            draft.Refuse(field, "The list is empty.", "Name at least one, or remove the line.");
        foreach (var twice in values.GroupBy(v => v).Where(g => g.Count() > 1))
            draft.Refuse(field, $"The list has {twice.Key} {twice.Count()} times.", "Name each once.");
    }
}
