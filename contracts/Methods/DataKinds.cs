namespace SparsePipeline.Contracts;

/// <summary>Values of <see cref="MethodInfo.DataKind"/>: what data consists of, which decides what can be done with it.</summary>
public static class DataKinds
{
    /// <summary>Quantities in rows, columns and channels, with one label per example.</summary>
    public const string Images = "images";

    /// <summary>Quantities in no particular order, with one label per example. What works on them works on images too.</summary>
    public const string Numbers = "numbers";

    /// <summary>Symbols in a row, each labelled with the one that follows it.</summary>
    public const string Text = "text";

    /// <summary>Of a model that comes as a file: it takes whatever data it was made for.</summary>
    public const string Any = "any";

    /// <summary>Why a method cannot work on data, as the end of a sentence that starts with the method; null when it can.</summary>
    /// <param name="method">A model, an augmentation or a corruption.</param>
    /// <param name="data">The data's kind; null for <see cref="Images"/>.</param>
    public static string? ProblemWith(MethodInfo method, string? data)
    {
        var (works, given) = (method.DataKind ?? Images, data ?? Images);
        return works == given || works == Any || (works == Numbers && given == Images) ? null : $"works on {works}, but the data is {given}";
    }
}
