namespace SparsePipeline.Planning;

/// <summary>Where the files lie that a recipe or a study names by relative paths.</summary>
public static class RecipeFolder
{
    /// <summary>The folder of a file, however its path is written; of a link, that of the file it leads to, since what is named lies beside that.</summary>
    public static string Of(string file)
    {
        var given = new FileInfo(Path.GetFullPath(file));
        return Path.GetDirectoryName((given.ResolveLinkTarget(returnFinalTarget: true) ?? given).FullName)!;
    }
}
