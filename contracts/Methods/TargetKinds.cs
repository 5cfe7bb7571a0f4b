namespace SparsePipeline.Contracts;

/// <summary>Values of <see cref="MethodInfo.Targets"/>: what data says of its examples beside themselves, which decides what can be learnt from it.</summary>
public static class TargetKinds
{
    /// <summary>One class of several for each example, or for each position of a text.</summary>
    public const string Classes = "classes";

    /// <summary>One real number for each example.</summary>
    public const string Numbers = "numbers";

    /// <summary>Nothing.</summary>
    public const string None = "none";

    /// <summary>Name of the option of data sets that may hold one or the other.</summary>
    public const string Option = "targets";

    /// <summary>Why a task cannot learn from data, as the end of a sentence that starts with the task; null when it can.</summary>
    /// <param name="task">The task; one of <see cref="None"/> looks at no targets.</param>
    /// <param name="data">The targets that the data has; null for <see cref="Classes"/>.</param>
    public static string? ProblemWith(MethodInfo task, string? data)
    {
        var (wanted, given) = (task.Targets ?? Classes, data ?? Classes);
        return wanted == None || wanted == given ? null : $"learns {Of(wanted)}, but the data has {Of(given)}";
    }

    private static string Of(string targets) => targets switch
    {
        Numbers => "a real number for each example",
        None => "no targets",
        _ => "a class for each example",
    };
}
