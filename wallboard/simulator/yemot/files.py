"""Files and folders."""

from collections.abc import Mapping

from wallboard.simulator.floor import Floor
from wallboard.simulator.system.files import StoredFile, plain_path
from wallboard.simulator.system.numbers import MAIN_NUMBER
from wallboard.simulator.system.units import RefusedError
from wallboard.simulator.world import World
from wallboard.simulator.yemot.command import Answer, Command, Parameters, ok
from wallboard.simulator.yemot.times import local_time


def _exists(world: World, parameters: Parameters) -> Answer:
    path = parameters.required("path")
    return ok(fileExists=world.system.files.find(path) is not None, path=f"ivr/{plain_path(path)}")


def _folder(world: World, parameters: Parameters) -> Answer:
    files, folder = world.system.files, plain_path(parameters.required("path"))
    if not files.is_folder(folder):
        raise RefusedError("השלוחה לא נמצאה")
    inside, recordings = files.inside(folder), files.recordings(folder)
    return {
        "type": files.types.get(folder, ""),
        "thisPath": f"ivr/{folder}".rstrip("/"),
        "parentPath": f"ivr/{folder.rpartition('/')[0]}".rstrip("/") if folder else "",
        "dirsCount": len(files.folders_inside(folder)),
        "filesCount": len(inside),
        "contentFilesCount": len(recordings),
        "minFile": _file(world.floor, recordings[0] if recordings else None),
        "maxFile": _file(world.floor, recordings[-1] if recordings else None),
    }


def _file(floor: Floor, file: StoredFile | None) -> Answer:
    if file is None:
        return {"exists": False}
    minutes, seconds = divmod(file.seconds, 60)
    return {
        "exists": True,
        "name": file.name,
        "uniqueId": f"ivr/{file.path}",
        "what": f"ivr/{file.path}",
        "fileType": "AUDIO",
        "size": file.size,
        "mtime": local_time(floor, file.made_at),
        "duration": round(file.seconds / 60, 2),
        "durationStr": f"{minutes:02d}:{seconds:02d}",
        "customerDid": MAIN_NUMBER,
        "meta": "{}",
        "date": f"{floor.local(file.made_at):%d/%m/%Y %H:%M}",
        "source": "PHONE",
        "phone": file.phone,
        "ip": "",
    }


COMMANDS: Mapping[str, Command] = {"CheckIfFileExists": Command(_exists), "GetIVR2DirStats": Command(_folder)}
