namespace SparsePipeline.TestKit;

/// <summary>Small files of other tools, or such as people have reported trouble with, as they are: they are not made by the code under test.</summary>
public static class Cases
{
    /// <summary>Full path of <c>NAME.safetensors</c> in this folder; only to be read.</summary>
    public static string Path(string name) => System.IO.Path.Combine(RepositoryFolder.Path, "tests", "TestKit", "Cases", name + ".safetensors");

    /// <summary>A copy of it in another folder, where commands may write beside it.</summary>
    public static string Copy(string name, TemporaryFolder folder)
    {
        var copy = folder.File(name + ".safetensors");
        System.IO.File.Copy(Path(name), copy, overwrite: true);
        return copy;
    }
}
