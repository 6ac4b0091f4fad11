using TeleCube.Node.Commands;

return await TeleCubeCommand.Invoke(args);
