; Setup.exe: offline, for one user, without an administrator. products.py calls makensis with PAYLOAD (the frozen folder), OUT, VERSION,
; ICON and SIDE (the picture of the last page).
;
;   Setup.exe /S [/D=C:\folder]   installs without a word; /D comes last and without quotes
;   Uninstall.exe /S [/DELETEDATA]
;
; Exit codes: 0 done, 1 cancelled, 2 failed and undone, 3 Windows is too old, 4 the desk is running and was not closed.

Target amd64-unicode ; a 64-bit stub: nothing here needs 32-bit Windows parts
Unicode true
ManifestDPIAware true
SetCompressor /SOLID lzma
SetCompressorDictSize 64 ; reaches from one program to the other, whose archives are the same
AllowSkipFiles off
RequestExecutionLevel user

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

!define NAME "Denki Desk"
!define FOLDER "DenkiDesk"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${FOLDER}"
!define OLDEST_BUILD 19044 ; Windows 10 21H2. Qt needs parts of Windows that came with 18362; older releases get no security updates.
!define EXIT_TOO_OLD 3
!define EXIT_RUNNING 4
!define WAIT_S 10 ; how long a silent installation waits for the desk to be closed
!define READ_ME "はじめにお読みください.txt"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${FOLDER}"
InstallDirRegKey HKCU "Software\${FOLDER}" "InstallDir"
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1041 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1041 "FileDescription" "${NAME} のインストーラー"
VIAddVersionKey /LANG=1041 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "LegalCopyright" "MIT License"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\denkidesk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "${NAME} を起動する"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"

Var Waited

Function .onInit
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${If} $0 < ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "${NAME} には Windows 10（バージョン 21H2）以降が必要です。$\r$\nこのパソコンの Windows はビルド $0 です。" /SD IDOK
    SetErrorLevel ${EXIT_TOO_OLD}
    Quit
  ${EndIf}
FunctionEnd

; A program that runs cannot be opened for writing, by whomever it was started. Asks to close it, or waits a while when silent.
!macro REQUIRE_CLOSED PREFIX
Function ${PREFIX}RequireClosed
  StrCpy $Waited 0
  again:
  ${If} ${FileExists} "$INSTDIR\denkidesk.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\denkidesk.exe" a
    IfErrors running
    FileClose $0
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\denkidesk-cli.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\denkidesk-cli.exe" a
    IfErrors running
    FileClose $0
  ${EndIf}
  Return
  running:
  ${If} ${Silent}
    ${If} $Waited < ${WAIT_S}
      Sleep 1000
      IntOp $Waited $Waited + 1
      Goto again
    ${EndIf}
  ${Else}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME} が動いています。画面を閉じてから［再試行］を押してください。" IDRETRY again
  ${EndIf}
  SetErrorLevel ${EXIT_RUNNING}
  Quit
FunctionEnd
!macroend
!insertmacro REQUIRE_CLOSED ""
!insertmacro REQUIRE_CLOSED "un."

; An update puts the old version aside, and back if it fails.
!macro PUT_ASIDE FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    Rename "$INSTDIR\${FILE}" "$INSTDIR\${FILE}.old"
    ${If} ${Errors}
      Abort "$INSTDIR\${FILE} を置き換えられません。"
    ${EndIf}
  ${EndIf}
!macroend

!macro PUT_BACK FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}.old"
    RMDir /r "$INSTDIR\${FILE}"
    Delete "$INSTDIR\${FILE}"
    Rename "$INSTDIR\${FILE}.old" "$INSTDIR\${FILE}"
  ${EndIf}
!macroend

Function .onInstFailed
  !insertmacro PUT_BACK "_internal"
  !insertmacro PUT_BACK "denkidesk.exe"
  !insertmacro PUT_BACK "denkidesk-cli.exe"
FunctionEnd

Section
  Call RequireClosed
  RMDir /r "$INSTDIR\_internal.old"
  Delete "$INSTDIR\denkidesk.exe.old"
  Delete "$INSTDIR\denkidesk-cli.exe.old"
  !insertmacro PUT_ASIDE "_internal"
  !insertmacro PUT_ASIDE "denkidesk.exe"
  !insertmacro PUT_ASIDE "denkidesk-cli.exe"

  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}\*.*"
  WriteUninstaller "$INSTDIR\Uninstall.exe"

  RMDir /r "$INSTDIR\_internal.old"
  Delete "$INSTDIR\denkidesk.exe.old"
  Delete "$INSTDIR\denkidesk-cli.exe.old"

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\denkidesk.exe" "" "" 0 SW_SHOWNORMAL "" "電力小売の窓口：申込、受付トレイ、料金・見積"
  WriteRegStr HKCU "Software\${FOLDER}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\denkidesk.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

; The clerk's data lies in %LOCALAPPDATA%\DenkiDesk, and the passwords in the Credential Manager: both stay unless somebody says otherwise.
Function un.DeleteData
  RMDir /r "$LOCALAPPDATA\${FOLDER}"
  System::Call 'advapi32::CredDeleteW(w "DenkiDesk/kansai.password", i 1, i 0) i .r0'
  System::Call 'advapi32::CredDeleteW(w "DenkiDesk/enegaeru.api_key", i 1, i 0) i .r0'
  System::Call 'advapi32::CredDeleteW(w "DenkiDesk/enegaeru.password", i 1, i 0) i .r0'
  System::Call 'advapi32::CredDeleteW(w "DenkiDesk/kansai.proxy_password", i 1, i 0) i .r0'
  System::Call 'advapi32::CredDeleteW(w "DenkiDesk/enegaeru.proxy_password", i 1, i 0) i .r0'
FunctionEnd

Section Uninstall
  Call un.RequireClosed
  Delete "$SMPROGRAMS\${NAME}.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\denkidesk.exe"
  Delete "$INSTDIR\denkidesk-cli.exe"
  Delete "$INSTDIR\${READ_ME}"
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR" ; only if nothing else lies there
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\${FOLDER}"

  ${If} ${Silent}
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/DELETEDATA" $1
    ${IfNot} ${Errors}
      Call un.DeleteData
    ${EndIf}
  ${Else}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "受付トレイや見積などのデータ、設定、保存したパスワードも消しますか。$\r$\n［いいえ］なら残り、入れ直せば続きから使えます。" IDNO kept
    Call un.DeleteData
    kept:
  ${EndIf}
SectionEnd
