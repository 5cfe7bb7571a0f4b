namespace SparsePipeline.TestKit;

/// <summary>Where the sources of the running tests are.</summary>
public static class RepositoryFolder
{
    /// <summary>Full path of the folder that holds the solution.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        while (!File.Exists(System.IO.Path.Combine(folder, "SparsePipeline.sln")))
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        return folder;
    }
}
